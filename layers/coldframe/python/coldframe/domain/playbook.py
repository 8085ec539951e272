"""A client's folder, checked and compiled: what the runtime reads, one small file per reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coldframe.domain.message import MailKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapRule:
    """At most ``mails`` marketing mails in any ``days`` calendar days of the lead's zone."""

    mails: int
    days: int

    def __post_init__(self) -> None:
        if self.mails < 1 or self.days < 1:
            raise ValueError(
                f"a cap of {self.mails} mails in {self.days} days lets nothing through"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Local minutes of the day; ``start`` > ``end`` runs over midnight."""

    start: int
    end: int


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
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMatch:
    """A touchpoint's kind, and values that its data must hold."""

    kind: str
    where: Mapping[str, str] = field(default_factory=dict)

    def matches(self, kind: str, data: Mapping[str, object]) -> bool:
        return kind == self.kind and all(data.get(key) == want for key, want in self.where.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    journey: str
    first: str
    when: EventMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    journey: str
    when: EventMatch
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRule:
    """Some step of ``journey`` waits for ``when``."""

    journey: str
    step: str
    when: EventMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """reactions.json: what `react` must know, of all journeys."""

    entries: tuple[Entry, ...] = ()
    exits: tuple[Exit, ...] = ()
    waits: tuple[WaitRule, ...] = ()
    events: tuple[str, ...] = ()
    """Declared in events.yaml, trusted: signed sources only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFor:
    when: EventMatch
    limit: int
    """Seconds."""
    since: str = "send"
    then: str | None = None
    otherwise: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One Task state of the machine; ``wait``/``wait_for`` follow by its output or token."""

    id: str
    kind: str
    """send | wait | wait_for | hand_off | end"""
    mail: str | None = None
    wait: int | None = None
    """Seconds until what follows may start."""
    wait_for: WaitFor | None = None
    next: str | None = None
    """The next Task step's id; None with neither wait_for: the enrolment closes here."""
    to: str | None = None
    """hand_off: whose work it becomes (`owner`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """journeys/<journey>.json"""

    journey: str
    title: str
    first: str
    steps: Mapping[str, Step]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """broadcasts/<broadcast>.json"""

    broadcast: str
    mail: str
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One entry of files.json."""

    name: str
    hash: str
    key: str
    type: str
