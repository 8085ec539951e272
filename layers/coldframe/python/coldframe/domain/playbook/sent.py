"""What a client sends and gives: its mails, its broadcasts and its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.message import MailKind


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
