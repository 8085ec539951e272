"""What a form post tells of the visit it came from: who visited, from where, in which zone."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from coldframe.domain.instants import text_of
from coldframe.domain.sources import Touch, touch_of
from coldframe.domain.visitor import is_own_id, visitor_id
from coldframe.domain.visits import page_of, touch_at

LONGEST: Final = 4_000
OLDEST: Final = timedelta(days=400)
"""No first visit is older."""
_ZONE = re.compile(r"[A-Za-z]+(/[A-Za-z0-9_+-]+){1,2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_LONGEST_WORD: Final = 60
Told = Mapping[str, Any]


def visit_of(
    text: object,
    *,
    sites: tuple[str, ...],
    hashed: Callable[[str], str],
    now: datetime,
) -> dict[str, object]:
    """As a touchpoint keeps it. What can't be understood is left out: the lead comes first."""
    told = _object(text)
    visitor = told.get("visitor")
    kept: dict[str, object] = {
        "visitor": visitor_id(hashed, str(visitor)) if is_own_id(visitor) else "",
        "browser": {
            name: said
            for name, pattern in (("zone", _ZONE), ("language", _LANGUAGE))
            if (said := _word(told.get(name), pattern))
        },
        "first": _first(told.get("first"), sites, now),
        **_data(_touch(told.get("touch"), sites)),
    }
    return {name: value for name, value in kept.items() if value}


def referral_in(text: object) -> object:
    """The token of a lead's own link that the visitor once came by."""
    return _object(text).get("ref")


def _object(text: object) -> Told:
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST:
        return {}
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _word(text: object, pattern: re.Pattern[str]) -> str:
    fits = isinstance(text, str) and len(text) <= _LONGEST_WORD and pattern.fullmatch(text)
    return str(text) if fits else ""


def _touch(told: object, sites: tuple[str, ...]) -> Touch | None:
    if not isinstance(told, dict) or page_of(told.get("page"), sites) is None:
        return None
    return touch_at(told["page"], told.get("referrer"), sites)


def _first(told: object, sites: tuple[str, ...], now: datetime) -> dict[str, object]:
    """The first touch, and when: not to come, and not before anybody could have looked."""
    touch = _touch(told, sites)
    at = told.get("at") if isinstance(told, dict) else None
    if touch is None or isinstance(at, bool) or not isinstance(at, int | float):
        return {}
    try:
        ago = timedelta(milliseconds=now.timestamp() * 1000 - at)
    except (ValueError, OverflowError):
        return {}
    return {**touch.data(), "at": text_of(now - min(max(ago, timedelta()), OLDEST))}


def _data(touch: Touch | None) -> dict[str, object]:
    return touch.data() if touch else {}


def touch_by(query: Mapping[str, str], sites: tuple[str, ...]) -> dict[str, object]:
    """A page of ours passes on the words that led to it."""
    if not any(name.startswith("utm_") for name in query):
        return {}
    return _data(touch_of(query, "", sites))
