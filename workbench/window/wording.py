"""Instants, durations, names and states in words, as the pages say them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from coldframe.domain.event_match import EventMatch
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.known_facts import ZONE_FIELD
from coldframe.domain.local_time import zone_of
from coldframe.domain.message import MessageState
from coldframe.domain.playbook import Client
from coldframe.domain.profile import Profile
from coldframe.domain.reasons import reason
from coldframe.domain.sunset import SUNSET, sunset_at

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
_ROUNDED_FROM = 0.95
"""So much of a unit, and the distance is told in it: 23 hours are a day, 22 are not."""
_EVENTS: Mapping[str, str] = {
    "email.clicked": "a click",
    "email.opened": "an open",
    "email.replied": "an answer",
    "form.submitted": "a form post",
    "unsubscribed": "an unsubscribe",
}
_STATES: Mapping[MessageState, str] = {
    MessageState.DEFERRED: "not yet",
    MessageState.SENDING: "on its way",
    MessageState.SENT: "sent",
    MessageState.REFUSED: "not sent",
    MessageState.UNKNOWN: "outcome unknown",
}
_FORBIDS: Mapping[Prohibition, str] = {
    Prohibition.UNSUBSCRIBED: "the lead unsubscribed",
    Prohibition.COMPLAINED: "the lead reported a mail as spam",
    Prohibition.BOUNCED: "the address bounced for good",
    Prohibition.ERASED: "the lead was erased",
    Prohibition.WITH_SALES: "sales has the lead in hand",
}


def moment(at: datetime, zone: str = "UTC", *, now: datetime | None = None) -> str:
    """`Tue 24 Nov, 09:00`; with the year when it is not the year of ``now``."""
    local = _local(at, zone)
    year = "" if now and local.year == _local(now, zone).year else f" {local:%Y}"
    return f"{local:%a} {local.day} {local:%b}{year}, {local:%H:%M}"


def short_moment(at: datetime, zone: str, *, now: datetime) -> str:
    """As a mailbox's list says it: the hour today, the day otherwise."""
    local, here = _local(at, zone), _local(now, zone)
    if local.date() == here.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b}" if local.year == here.year else f"{local:%Y-%m-%d}"


def distance(at: datetime, *, now: datetime) -> str:
    """`in 2 days`, `3 hours ago`, `now`; rounded, so that 47 hours are two days."""
    seconds = (at - now).total_seconds()
    size, unit = next((one for one in _UNITS if abs(seconds) >= one[0] * _ROUNDED_FROM), _UNITS[-1])
    count = round(abs(seconds) / size)
    if not count:
        return "now"
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if seconds > 0 else f"{words} ago"


def duration(seconds: float, *, parts: int = 2) -> str:
    """`2 days`, `1 day 4 hours`; at most so many parts, the rest is dropped."""
    left, said = int(seconds), []
    for size, unit in _UNITS:
        count, left = divmod(left, size)
        if count:
            said.append(f"{count} {unit}{'' if count == 1 else 's'}")
        elif said:
            break
    return " ".join(said[:parts]) or "no time"


def span(by: timedelta) -> str:
    return duration(by.total_seconds())


def event(match: EventMatch) -> str:
    """What a wait waits for: `a click`; an event of the client's own stands as it is."""
    return _EVENTS.get(match.kind, match.kind)


def state(of: MessageState) -> str:
    return _STATES[of]


def prohibitions(gate: Gate, profile: Profile | None) -> list[tuple[str, datetime]]:
    """What forbids mail to the lead, and since when."""
    stands = [(_FORBIDS[kind], getattr(gate, f"{kind}_at")) for kind in Prohibition]
    stands.append((reason(SUNSET), sunset_at(profile) if profile else None))
    return [(words, at) for words, at in stands if at is not None]


def held(gate: Gate, *, now: datetime) -> datetime | None:
    """Until when nurturing rests, if it does."""
    return gate.held_until if gate.held_until and gate.held_until > now else None


def lead_zone(profile: Profile | None, client: Client) -> str:
    """The lead's own zone where a field says it, else the client's."""
    known = profile.fields.get(ZONE_FIELD) if profile else None
    return str(zone_of(known.value if known else "", otherwise=client.zone))


def _local(at: datetime, zone: str) -> datetime:
    """In UTC for a name that nobody knows: a page must not fail over a lead's field."""
    return at.astimezone(zone_of(zone, otherwise="UTC"))


def called(profile: Profile | None) -> str:
    """What the lead calls itself; "" where it never said."""
    fields = profile.fields if profile else {}
    said = [fields[key].value.strip() for key in _NAMES if key in fields]
    return " ".join(name for name in said if name)


_NAMES = ("name", "first_name", "last_name")
