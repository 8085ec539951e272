"""Schedules in EventBridge Scheduler's words: ``cron(minute hour day month weekday year)``."""

import re
from typing import Final

from coldframe.domain.cron import MONTHS, WEEKDAYS
from infra.reading.nodes import Node
from infra.reading.problems import did_you_mean

_FIELDS: Final = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, MONTHS),
    ("day of the week", 1, 7, WEEKDAYS),
    ("year", 1970, 2199, ()),
)
_DAY_OF_MONTH, _DAY_OF_WEEK = 2, 4


def cron(node: Node) -> str | None:
    """The schedule as ``cron(…)``, in the client's zone."""
    text = node.text()
    if text is None:
        return None
    words = text.removeprefix("cron(").removesuffix(")").split()
    if len(words) != len(_FIELDS):
        node.spot.report(
            f"{text!r} has {len(words)} fields, but a schedule has six: minute, hour, day of the"
            " month, month, day of the week, year; e.g. `cron(0 10 1 * ? *)`: the first, at 10:00"
        )
        return None
    wrong = [p for field, word in zip(_FIELDS, words, strict=True) if (p := _wrong(field, word))]
    if not wrong and (words[_DAY_OF_MONTH] == "?") == (words[_DAY_OF_WEEK] == "?"):
        wrong = ["one of day of the month and day of the week must be `?`, the other must not"]
    for problem in wrong[:1]:
        node.spot.report(problem)
    return None if wrong else f"cron({' '.join(words).upper()})"


def _wrong(field: tuple[str, int, int, tuple[str, ...]], word: str) -> str:
    name, low, high, names = field
    if word == "*" or (word in {"?", "L"} and name.startswith("day")):
        return ""
    if name.startswith("day") and re.fullmatch(r"\d+(L|W|#[1-5])|LW|L", word.upper()):
        return ""
    for part in word.split(","):
        found = re.fullmatch(r"(\*|[0-9A-Z]+)(-([0-9A-Z]+))?(/[1-9]\d*)?", part.upper())
        if not found:
            return f"{name} {part!r} is not understood"
        for end in (found[1], found[3]):
            if problem := _wrong_end(name, low, high, names, end):
                return problem
    return ""


def _wrong_end(name: str, low: int, high: int, names: tuple[str, ...], end: str | None) -> str:
    if end is None or end == "*" or end in names:
        return ""
    if not end.isdigit():
        return f"{name} {end!r} is not understood{did_you_mean(end, names)}"
    return "" if low <= int(end) <= high else f"{name} {end} must be between {low} and {high}"
