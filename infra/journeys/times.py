"""When, as authors write it: durations, hours of the day, weekdays, dates of the lead."""

import re
from datetime import timedelta
from typing import Final

from coldframe.domain.journey import Window
from coldframe.domain.journey_steps import LocalTime
from infra.reading.nodes import Node
from infra.reading.problems import did_you_mean
from infra.reading.values import hours

_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS: Final[dict[str, tuple[int, ...]]] = {
    **{name: (number,) for number, name in enumerate(_NAMES)},
    "weekday": (0, 1, 2, 3, 4),
    "weekdays": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "every day": (0, 1, 2, 3, 4, 5, 6),
}
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_TIMES: Final = re.compile(r"(\d{1,9}) times?", re.ASCII)


def clock(node: Node) -> int | None:
    """``09:00`` as minutes after midnight."""
    text = node.text()
    if text is None:
        return None
    if found := _CLOCK.fullmatch(text):
        return int(found[1]) * 60 + int(found[2])
    node.spot.report(f"{text!r} is no time of day; write e.g. `09:00`")
    return None


def local_time(node: Node) -> LocalTime | None:
    """``10:00``, ``tuesday 10:00``, ``weekday 09:00``."""
    text = node.text()
    if text is None:
        return None
    words, _, time = text.rpartition(" ")
    found = _CLOCK.fullmatch(time)
    if not found:
        node.spot.report(f"{text!r} is no time; write e.g. `09:00` or `tuesday 10:00`")
        return None
    named = [word.strip() for word in words.split(",")] if words else ["every day"]
    days = _days(node, named)
    return LocalTime(minute=int(found[1]) * 60 + int(found[2]), weekdays=days) if days else None


def window(node: Node) -> Window | None:
    keys = node.keys(needed=["hours"], optional=["days"])
    span, days = keys.read("hours", hours), keys.read("days", _weekdays)
    if span is None or ("days" in keys and days is None):
        return None
    return Window(start=span[0], end=span[1], weekdays=days or WEEKDAYS["every day"])


def _weekdays(node: Node) -> tuple[int, ...] | None:
    names = [text for each in node.one_or_more() if (text := each.text())]
    return _days(node, names)


def _days(node: Node, names: list[str]) -> tuple[int, ...] | None:
    unknown = [name for name in names if name.lower() not in WEEKDAYS]
    for name in unknown:
        node.spot.report(f"there is no day {name!r}{did_you_mean(name, WEEKDAYS)}")
    if unknown or not names:
        return None
    return tuple(sorted({day for name in names for day in WEEKDAYS[name.lower()]}))


def whole(node: Node, *, low: int, high: int) -> int | None:
    """A whole number, perhaps below zero."""
    text = str(node.raw.value) if node.is_text() else ""
    if re.fullmatch(r"[+-]?\d{1,9}", text) and low <= int(text) <= high:
        return int(text)
    node.spot.report(f"must be a whole number between {low} and {high}")
    return None


def percent(node: Node) -> int | None:
    """``20%`` as 20."""
    text = node.text()
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,3}) ?%", text)
    if found and 1 <= int(found[1]) <= 100:  # noqa: PLR2004 - per cent
        return int(found[1])
    node.spot.report(f"{text!r} is no share; write e.g. `20%`")
    return None


def times(node: Node) -> int | None:
    """``3 times``."""
    text = node.text()
    if text is None:
        return None
    found = _TIMES.fullmatch(text)
    if not found:
        node.spot.report(f"{text!r} says not how often; write e.g. `3 times`")
        return None
    return int(found[1])


def seconds(time: timedelta | None) -> int | None:
    return None if time is None else int(time.total_seconds())


def told(at: LocalTime) -> str:
    """``tuesday 10:00``, as one writes it."""
    days = next((name for name, found in WEEKDAYS.items() if found == at.weekdays), None)
    named = days or ", ".join(_NAMES[day] for day in at.weekdays)
    time = f"{at.minute // 60:02}:{at.minute % 60:02}"
    return time if named == "every day" else f"{named} {time}"
