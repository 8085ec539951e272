"""What people write in a client's folder: durations, zones, addresses, hours, names, schedules."""

import re
from datetime import timedelta
from difflib import get_close_matches
from functools import cache
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from infra.reading.nodes import Node
from infra.reading.problems import did_you_mean

NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FIELD: Final = re.compile(r"[a-z][a-z0-9_]*")
EVENT: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")

_DURATION = re.compile(r"(\d+) ?([a-z]+)", re.ASCII)
_MOST_DIGITS: Final = 9
_SHOWN: Final = 40
_UNITS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800}
LONGEST: Final = timedelta(days=36_525)
"""No date that is reckoned with it leaves the calendar."""
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE
)
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
HTTPS = re.compile(r"https://([a-z0-9-]+\.)+[a-z0-9-]+(:\d+)?(/\S*)?", re.IGNORECASE)
_REGIONS = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Pacific"}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def duration(node: Node, *, within: str | None = None) -> timedelta | None:
    """``2 days``, ``90 minutes``, ``1 week``; never zero. ``within``: the part that is one."""
    text = node.text() if within is None else within
    if text is None:
        return None
    found = _DURATION.fullmatch(text)
    if not found:
        node.spot.report(f"{text!r} is no duration; write e.g. `2 days` or `90 minutes`")
        return None
    digits, unit = found[1].lstrip("0") or "0", found[2]
    seconds = _UNITS.get(unit.removesuffix("s"))
    if seconds is None:
        units = [f"{name}s" for name in _UNITS]
        node.spot.report(f"there is no unit {unit!r}{did_you_mean(unit, units)}")
        return None
    if digits == "0":
        node.spot.report("waits for nothing; leave it out")
        return None
    if len(digits) > _MOST_DIGITS or int(digits) * seconds > LONGEST.total_seconds():
        node.spot.report(f"{shortened(text)!r} is too long: at most a hundred years")
        return None
    return timedelta(seconds=int(digits) * seconds)


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def in_words(time: timedelta) -> str:
    """The duration in the largest unit that divides it, as one would write it."""
    seconds = int(time.total_seconds())
    for name in ("day", "hour", "minute"):
        if seconds % _UNITS[name] == 0:
            count = seconds // _UNITS[name]
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return f"{seconds} seconds"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def zone(node: Node) -> str | None:
    text = node.text()
    known = _zones()
    if text is None or ("/" in text and text in known):
        return text
    cities = {name for name in known if name.partition("/")[0] in _REGIONS}
    node.spot.report(f"there is no time zone {text!r}{_meant_zone(text, cities)}")
    return None


def _meant_zone(word: str, known: set[str]) -> str:
    """People write the city alone, or one letter less; an abbreviation says too little."""
    by_name = {name.lower(): name for name in known}
    by_city = {name.rpartition("/")[2]: zone for name, zone in by_name.items()}
    names = by_name if "/" in word else by_city
    close = get_close_matches(word.lower().replace(" ", "_"), sorted(names), n=1, cutoff=0.8)
    return f"; did you mean {names[close[0]]!r}?" if close else "; write one like 'Europe/Vienna'"


def address(node: Node) -> str | None:
    text = node.text()
    if text is None or _ADDRESS.fullmatch(text):
        return text
    node.spot.report(f"{text!r} is no mail address; write e.g. `ada@example.com`")
    return None


def domain(node: Node) -> str | None:
    text = node.text()
    if text is None or _DOMAIN.fullmatch(text):
        return text
    node.spot.report(f"{text!r} is no domain name; write e.g. `go.example.com`")
    return None


def https_url(node: Node) -> str | None:
    text = node.text()
    if text is None or HTTPS.fullmatch(text):
        return text
    node.spot.report(f"{text!r} must be a whole address that begins with https://")
    return None


def origin(url: str) -> str:
    """``https://www.example.com`` of any address there, as browsers say where a page is from."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def hours(node: Node) -> tuple[int, int] | None:
    """``21:00-08:00`` as local minutes of the day."""
    text = node.text()
    if text is None:
        return None
    ends = [_CLOCK.fullmatch(end.strip()) for end in re.split(r"[-–]", text)]
    minutes = [int(end[1]) * 60 + int(end[2]) for end in ends if end]
    if len(minutes) != 2 or len(ends) != 2 or minutes[0] == minutes[1]:  # noqa: PLR2004 - from, to
        node.spot.report(f"{text!r} are no hours; write e.g. `21:00-08:00`")
        return None
    return minutes[0], minutes[1]


def matching(pattern: re.Pattern[str], example: str, node: Node) -> str | None:
    """Text of one shape, as a field's or an event's name."""
    text = node.text()
    if text is None or pattern.fullmatch(text):
        return text
    node.spot.report(f"{text!r} is no name; write it like `{example}`")
    return None
