"""What the use cases need of the outside, as promises; adapters and fakes keep them alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.decision import Decision
    from coldframe.domain.enrolment import Claim, Enrolment, Stand
    from coldframe.domain.form import Form
    from coldframe.domain.gate import Gate, Prohibition
    from coldframe.domain.journey import Journey
    from coldframe.domain.message import Message, RenderedMail
    from coldframe.domain.observation import Observation
    from coldframe.domain.playbook import Broadcast, Client, Mail, Reactions, StoredFile
    from coldframe.domain.preferences import Preferences
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint


class Clock(Protocol):
    def now(self) -> datetime:
        """The current instant, aware, in UTC."""


class Playbook(Protocol):
    """Each raises KeyError for a name it doesn't hold (forms: UnknownForm)."""

    def client(self) -> Client: ...
    def form(self, name: str) -> Form: ...
    def reactions(self) -> Reactions: ...
    def journey(self, name: str) -> Journey: ...
    def mail(self, name: str) -> Mail: ...
    def text(self, name: str) -> Mail: ...
    def broadcast(self, name: str) -> Broadcast: ...
    def file(self, name: str) -> StoredFile: ...


class Touchpoints(Protocol):
    def append(self, touchpoint: Touchpoint) -> bool:
        """One conditional put. False: it stood there already, and nothing changed."""

    def quarantine(self, touchpoint: Touchpoint, *, until: datetime) -> bool:
        """Like `append`, but out of the stream's sight and gone at ``until``: nobody is nurtured
        by it unless a person releases it."""

    def get(self, lead: str, touchpoint: str) -> Touchpoint | None: ...

    def since(self, lead: str, at: datetime) -> Sequence[Touchpoint]:
        """Read consistently: everything received on or after ``at``'s UTC day."""

    def forget(self, touchpoint: Touchpoint) -> None:
        """Delete it, but none that was received at another instant under the same id."""

    def park(self, touchpoint: Touchpoint, error: str) -> None:
        """Keep a touchpoint that can't be reacted to, with its error's class name; idempotent."""


class Profiles(Protocol):
    def get(self, lead: str) -> Profile | None:
        """Read consistently."""

    def save(
        self,
        before: Profile | None,
        after: Profile,
        decisions: Sequence[Decision],
        derived: Sequence[Touchpoint] = (),
    ) -> None:
        """One transaction; StaleLead when ``before`` is no longer what is stored.

        ``before is after``: only the decisions are stored. ``derived`` are put with them. Also
        keeps the profile in the due index by its standing, and the membership items of the lead's
        consented topics (what broadcasts walk).
        """


class Observations(Protocol):
    def get(self, lead: str, message: str) -> Observation: ...

    def save(self, before: Observation, after: Observation, derived: Sequence[Touchpoint]) -> None:
        """One transaction, indexed by ``decide_at``; StaleLead when stale. ``derived`` are put."""


class Gates(Protocol):
    def get(self, lead: str) -> Gate:
        """Read consistently; a lead without an item has an open gate of revision 0."""

    def of(self, leads: Collection[str]) -> Mapping[str, Gate]:
        """Those that there are, of at most 100 leads: one consistent read."""

    def forbid(self, lead: str, prohibition: Prohibition, at: datetime, why: str = "") -> None:
        """Written at once, outside the revision; never undone by a repeat or a late copy.

        The latest instant is kept: an opt-out holds what was asked for before it, also when the
        lead had opted out, and asked for something, earlier.
        """

    def lift(self, lead: str, prohibition: Prohibition, at: datetime) -> None:
        """What forbade up to ``at`` no longer does; kept like a prohibition, the latest wins."""

    def prefer(self, lead: str, chosen: Preferences) -> None:
        """What the lead chose about its mails: the latest choice is kept, whole."""

    def hold(self, lead: str, until: datetime) -> None:
        """Nurturing rests until then; like a prohibition, and the latest instant is kept."""


class Enrolments(Protocol):
    def get(self, lead: str, enrolment: str) -> Enrolment | None:
        """Read consistently."""

    def of(self, lead: str) -> Sequence[Enrolment]:
        """All of a lead's, read consistently."""

    def begin(self, enrolment: Enrolment) -> Enrolment:
        """Put it if there is none; what is stored now comes back."""

    def stand(self, enrolment: Enrolment, stand: Stand) -> Enrolment:
        """Record the step that is entered; Left unless open and of this generation.

        ``since`` becomes ``at`` when the step is new, and stays when it is entered again. What
        waited before waits no longer, and the enrolment leaves the due index unless it is parked.
        """

    def close(self, enrolment: Enrolment, reason: str, at: datetime) -> bool:
        """False: it was closed already. The first reason wins."""

    def mark_stuck(self, enrolment: Enrolment, error: str, at: datetime) -> None: ...

    def next_generation(
        self, enrolment: Enrolment, at: datetime, *, step: str = "", version: str = ""
    ) -> Enrolment:
        """The same stand, open, generation + 1; StaleLead when another did so first.

        ``step``: the one that took the place of its own, entered when that one was.

        It is due soon (TO_STAND) until its new run stands at a step: the start may yet fail.
        """


class Ledger(Protocol):
    """Claims and messages: at most once, never losing track."""

    def claim(
        self,
        *,
        enrolment: Enrolment,
        key: str,
        claim: Claim,
        gate: Gate | None,
        gate_after: Gate | None,
        stand: Stand,
        requested_at: datetime | None,
    ) -> None:
        """One two-item transaction: the enrolment records step, token and claim; the gate counts.

        Enrolment's condition: open, of this generation, claim not yet recorded.
        Gate's condition: still of ``gate.revision``, held and preferred as it was, and free of
        prohibitions (of a requested mail: bounce, complaint, erasure, or an opt-out later than
        ``requested_at``).
        ``gate is None`` (a notice to the client's people): the enrolment alone.
        Raises Left (closed or newer run), AlreadyClaimed, SuppressedContact (a prohibition now
        stands), StaleLead (the gate moved; read again). Who loses learns which condition failed.
        """

    def claim_broadcast(
        self,
        *,
        lead: str,
        occurrence: str,
        claim: Claim,
        gate: Gate,
        gate_after: Gate,
        requested_at: datetime | None = None,
    ) -> None:
        """The same for a broadcast's recipient, whose enrolment item it creates, closed.

        The claim's key is its mail; AlreadyClaimed when the item exists.
        """

    def message(self, lead: str, message: str) -> Message | None:
        """Read consistently."""

    def sending(self, message: Message) -> None:
        """Written just before the call; StaleLead unless there is none yet, or one that was only
        deferred, or one that is `sending` with a lower ``attempt``. No old reason stays with it."""

    def sent(self, message: Message) -> None:
        """sending → sent, with SES's id and the content's hash; harmless when sent already."""

    def release(self, message: Message) -> None:
        """This attempt's `sending` → deferred: SES surely took nothing (it throttled)."""

    def settle(self, message: Message) -> None:
        """Record deferred (over none or deferred), refused or unknown (over all but sent)."""


class EmailEvents(Protocol):
    def of(self, lead: str) -> Sequence[Message]:
        """All of a lead's, read consistently."""

    def update(self, lead: str, message: str, facts: dict[str, str]) -> None:
        """Facts of one message (``sent_at``, ``delivered_at``, ``delayed_at``, …): the first of
        each is kept; that it was sent or delivered settles `sending` and `unknown` as `sent`.

        A message that isn't there (another sender's, an erased lead's) is left alone.
        """


class Mailer(Protocol):
    def send(self, mail: RenderedMail, /) -> str:
        """One request to SES, never repeated; its message id.

        Raises MailRefused, Throttled (surely not sent), UnknownOutcome (perhaps sent).
        """


class Writer(Protocol):
    def render(
        self, mail: Mail, *, profile: Profile, client: Client, message: str, journey: str
    ) -> RenderedMail:
        """The mail with its signed links, one-click headers and opaque tags.

        ``journey`` is only a tag; for a broadcast it is the broadcast's name.
        """


class Renderer(Writer, Protocol):
    def notice(
        self, *, profile: Profile, client: Client, journey: str, message: str
    ) -> RenderedMail:
        """The hand-off notice to the client's owner, tagged ``mail=_hand_off`` (HAND_OFF_MAIL)."""


class Links(Protocol):
    """Signed links; InvalidToken for anything that isn't ours or has another purpose."""

    def sign(
        self, purpose: str, *, lead: str, message: str = "", target: str = "", index: int = -1
    ) -> str: ...
    def read(self, purpose: str, token: str) -> LinkClaims: ...


class LinkClaims(Protocol):
    @property
    def lead(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def index(self) -> int: ...


class Files(Protocol):
    def url(self, file: StoredFile) -> str:
        """A short-lived URL where the file can be fetched."""


Remaining = Callable[[], float]
"""Seconds left to this invocation."""
