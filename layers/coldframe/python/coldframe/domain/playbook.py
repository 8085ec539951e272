"""A client's folder, checked and compiled: what the runtime reads, one small file per reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coldframe.domain.allowance import Allowance
from coldframe.domain.conditions.nodes import Condition, MemoryRule
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import ReEntry
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.limits import CapRule, QuietHours
from coldframe.domain.message import MailKind
from coldframe.domain.quiet_days import QuietDays
from coldframe.domain.replies.settings import Replies
from coldframe.domain.told import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    address: str
    signature: str = ""
    """The lines below their mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address of the client's that journeys report to."""

    webhook: str
    url: str
    fields: tuple[str, ...] = ()
    """What of the lead is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A service that tells of leads by its own webhooks."""

    source: str
    sender: str
    """stripe | zoom | typeform: how it signs and writes."""
    event: str = ""
    """What it comes to here; empty: the sender's own purchases and refunds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """client.json"""

    client: str
    environment: str
    name: str
    zone: str
    locale: str
    sender: Person
    reply_to: str
    postal: str
    owner: Person
    topics: Mapping[str, str]
    caps: tuple[CapRule, ...] = ()
    quiet_hours: QuietHours | None = None
    quiet_days: QuietDays | None = None
    allowance: Allowance | None = None
    """Of what the account may send; None: mails go as fast as they come."""
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """What its mails are written in, its own first."""
    replies: Replies | None = None
    """None: answers go to ``reply_to``, and we never see them."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """Who mails may come from, by a short name; a lead's field `rep` names one of them."""
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)
    referrals: str = ""
    """Where a lead's own link leads: an absolute URL, or `form:<name>`; empty: it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    journey: str
    first: str
    when: EventMatch
    re_enter: ReEntry = field(default_factory=ReEntry)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateEntry:
    """Leads enter ``days`` before (negative) or after their date, at a local time of day."""

    journey: str
    first: str
    date: str
    """The field that holds it."""
    days: int
    minute: int
    re_enter: ReEntry = field(default_factory=ReEntry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    journey: str
    when: EventMatch
    reason: str
    then: str = ""
    """The journey that follows this ending; empty: none."""
    key: str = ""
    """The property of the event that names the one passage that it ends; without it, all end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRule:
    """Some step of ``journey`` waits for ``when``."""

    journey: str
    step: str
    when: EventMatch
    condition: Condition | None = None
    """What must hold of the lead when the event comes."""
    key: str = ""
    """The property of the event that names the one passage that it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retime:
    """Some step of ``journey`` waits for a date that ``field`` names."""

    journey: str
    step: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """reactions.json: what `react` must know, of all journeys."""

    entries: tuple[Entry, ...] = ()
    exits: tuple[Exit, ...] = ()
    waits: tuple[WaitRule, ...] = ()
    dates: tuple[DateEntry, ...] = ()
    retimes: tuple[Retime, ...] = ()
    memory: tuple[MemoryRule, ...] = ()
    """What the profile remembers for all conditions of the playbook."""
    events: tuple[str, ...] = ()
    """Declared in events.yaml, trusted: signed sources only."""
    sets: Mapping[str, tuple[Setting, ...]] = field(default_factory=dict)
    """Event → the fields that it sets."""
    knowing: Knowing = field(default_factory=Knowing)
    needs: tuple[str, ...] = ()
    """The facts on which something in ``knowing`` or ``dates`` rests, and those of companies that
    anything at all asks for."""
    migrating: Mapping[str, str] = field(default_factory=dict)
    """Journey whose leads follow its edits → its version."""
    testers: tuple[str, ...] = ()
    """Addresses, in their normal form, of people who only try things out."""
    referrals: bool = False
    """Whether leads have links of their own, by which others come."""
    keep: Mapping[str, int] = field(default_factory=dict)
    """Field → for how many seconds after it was last said its value is kept."""

    @property
    def version(self) -> str:
        """Of all that leads who are known already are brought up to."""
        journeys = [f"{name}={version}" for name, version in sorted(self.migrating.items())]
        return " ".join(filter(None, (self.knowing.version, *journeys)))

    @property
    def concludes(self) -> bool:
        """Whether anything is concluded of leads at all, beyond what they did."""
        return bool(self.knowing.version or self.keep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """mails/<mail>.json; its compiled Jinja templates stand beside it."""

    mail: str
    kind: MailKind
    topic: str | None
    format: str
    """html | plain"""
    links: tuple[str, ...]
    """Targets by index: an absolute URL, or `file:<name>`."""
    on_unknown: str
    """drop | repeat"""
    content_hash: str
    stage: str = ""
    """The buyer's, for which it was written; empty: for all."""
    answers: str = ""
    """The buyer's question that it answers."""
    preheader: str = ""
    sender: str = ""
    """A name among the client's people; `rep`: the lead's own; empty: the client's sender."""
    valid_until: str = ""
    """The instant from which it isn't sent any more; empty: never."""
    language: str = ""
    """What it is written in."""
    translations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other language → its own targets by index, as many as in `links`."""
    conditions: tuple[Condition, ...] = ()
    """What its blocks ask of the lead, by index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """broadcasts/<broadcast>.json"""

    broadcast: str
    mail: str
    topic: str
    schedule: str = ""
    """In EventBridge's words, by the client's clock; empty: it goes when it is asked for."""
    priority: int = 0
    """As of a journey: where mails meet at a cap, the greater goes first."""
    when_capped: str = "wait"
    outranked: bool = False
    """A live journey or another broadcast is of a greater priority."""
    below: tuple[str, ...] = ()
    """The broadcasts of a greater priority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One entry of files.json."""

    name: str
    hash: str
    key: str
    type: str
    forms: Mapping[str, int] = field(default_factory=dict)
    """The forms that give it, and for how many seconds a link is good (0: for ever); empty: it is
    open to everybody."""
