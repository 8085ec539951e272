"""The lead's gate: what forbids or counts mail. It outranks everything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from coldframe.domain.caps import Counting
from coldframe.domain.caps import counted as under_caps
from coldframe.domain.client_pause import Pause
from coldframe.domain.limits import MAILS, CapRule
from coldframe.domain.local_time import DAY
from coldframe.domain.message import MailKind
from coldframe.domain.preferences import Preferences
from coldframe.domain.surge import CALM, Surges

MOST_REQUESTED = 3
"""So many mails that were asked for go to one mailbox within 24 hours, over all forms."""
NOT_ME = "not_me"
"""Why a lead is unsubscribed who says that somebody else gave us the address."""
DISOWNED_FOR = timedelta(days=30)


class Prohibition(StrEnum):
    """Each is an instant on the gate item, ``<value>_at``; the latest one is kept."""

    UNSUBSCRIBED = "unsubscribed"
    COMPLAINED = "complained"
    BOUNCED = "bounced"
    ERASED = "erased"
    WITH_SALES = "with_sales"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Prohibitions with their instants, and the marketing mails counted (newest last).

    One that was lifted has no instant here any more.
    """

    lead: str
    revision: int = 0
    unsubscribed_at: datetime | None = None
    complained_at: datetime | None = None
    bounced_at: datetime | None = None
    erased_at: datetime | None = None
    with_sales_at: datetime | None = None
    held_until: datetime | None = None
    """Nurturing rests until then: the lead talks with a person. The latest is kept."""
    preferences: Preferences | None = None
    client_pause: Pause | None = None
    """The client's own, the same for all its leads; so are the next."""
    surges: Surges = CALM
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Prohibition → who said so, or the mail service's words."""
    lifted: Mapping[str, datetime] = field(default_factory=dict)
    """Prohibition → until when what forbade no longer does: a later one forbids again."""
    mails: tuple[datetime, ...] = ()
    """Instants of counted mails, as long as any cap rule can ask for them."""
    tallies: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    """The same of those that a rule counts apart, by its scope."""
    requested: tuple[datetime, ...] = ()
    """Instants of the last day's mails that were asked for (newest last).

    Where mails really go, all that went to the lead's mailbox: it is told with the gate then.
    """
    aliases: tuple[str, ...] = ()
    """Other identities of the same person."""
    elsewhere: bool = False
    """The mail in question goes to another address: that mails to this one bounced is nothing
    to it."""


def prohibition(gate: Gate, kind: MailKind, *, requested_at: datetime) -> Prohibition | None:
    """What forbids this mail for good. A lead who opted out may ask for something afterwards."""
    if gate.erased_at:
        return Prohibition.ERASED
    if gate.complained_at:
        return Prohibition.COMPLAINED
    if gate.bounced_at and not gate.elsewhere:
        return Prohibition.BOUNCED
    asked_since = kind is MailKind.REQUESTED
    if gate.unsubscribed_at and not (asked_since and gate.unsubscribed_at <= requested_at):
        return Prohibition.UNSUBSCRIBED
    return None


def departure(gate: Gate, message: str) -> str:
    """Names one unsubscribing by a message's link: another once the lead came back in between."""
    lifted = gate.lifted.get(Prohibition.UNSUBSCRIBED.value)
    return f"{message} {lifted.isoformat() if lifted else ''}"


def refused_request(gate: Gate, *, now: datetime) -> str:
    """Why a mail that somebody asked for isn't sent all the same; empty: it is.

    Whoever knows an address can ask in its owner's name: a few times a day, and for a month not at
    all once the owner has said that it wasn't them.
    """
    if len(_asked_lately(gate, now)) >= MOST_REQUESTED:
        return "asked_too_often"
    disowned = gate.reasons.get(Prohibition.UNSUBSCRIBED.value) == NOT_ME and gate.unsubscribed_at
    return NOT_ME if disowned and now < disowned + DISOWNED_FOR else ""


def requested_once_more(gate: Gate, *, now: datetime) -> Gate:
    return replace(gate, requested=tuple(sorted([*_asked_lately(gate, now), now])))


def _asked_lately(gate: Gate, now: datetime) -> list[datetime]:
    return [at for at in gate.requested if at > now - DAY]


def counted(
    gate: Gate,
    kind: MailKind,
    caps: Iterable[CapRule],
    *,
    now: datetime,
    topic: str | None = None,
    channel: str = MAILS,
) -> Gate:
    """The gate after this message, under its caps or among those that were asked for."""
    if kind is MailKind.REQUESTED:
        return requested_once_more(gate, now=now)
    what = Counting(kind=kind, topic=topic or "", channel=channel)
    return under_caps(gate, caps, what, now=now)
