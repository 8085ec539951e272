"""What a client's pages may tell us of their visitors, and what of it is kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from coldframe.domain.sources import Touch, touch_of
from coldframe.domain.touchpoint import FILE_DOWNLOADED, PAGE_READ, PAGE_VIEWED, VIDEO_PLAYED

LONGEST_TEXT: Final = 300
LONGEST_PATH: Final = 300
MOST_PROPERTIES: Final = 20
LONGEST_STAY: Final = 3600
"""Seconds of one look at a page; nobody looks longer at a stretch."""
LARGEST: Final = 10**12
PUBLIC: Final[Mapping[str, Mapping[str, str]]] = {
    PAGE_VIEWED: {"seconds": "number"},
    PAGE_READ: {"seconds": "number"},
    FILE_DOWNLOADED: {"file": "text"},
    VIDEO_PLAYED: {"video": "text"},
}
"""Built in, and anybody may tell us of them; kind → properties by type."""
RESERVED: Final = frozenset(
    {
        *("address", "fields", "consents", "visitor", "visit", "enrolment", "message", "mail"),
        *("journey", "origin", "points", "page", "path", "site", "source", "medium", "campaign"),
    }
)
"""Words of a touchpoint's data that mean something to us: no page may choose what they hold."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRules:
    """visits.json"""

    sites: tuple[str, ...]
    """Origins of the client's pages."""
    events: Mapping[str, Mapping[str, str] | None] = field(default_factory=dict)
    """Declared public → its properties by type; None: whatever the page sends."""
    keep: int
    """Days after which the visits of who stays unknown are gone."""

    @property
    def kept_for(self) -> timedelta:
        return timedelta(days=self.keep)

    def public(self, kind: str) -> bool:
        return kind in PUBLIC or kind in self.events


def page_of(url: object, sites: tuple[str, ...]) -> dict[str, object] | None:
    """Where a page is, its source if it names one, and nothing else of its query.

    None: no page of the client's. A part of the path that holds an address is left out.
    """
    if not isinstance(url, str) or len(url) > 2 * LONGEST_PATH + 10 * LONGEST_TEXT:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    site = f"{parts.scheme}://{parts.netloc}".lower()
    if site not in sites:
        return None
    return {"path": _path(parts.path), "site": parts.netloc.lower()}


def touch_at(url: str, referrer: object, sites: tuple[str, ...]) -> Touch | None:
    """What brought the visitor to this page; None: it came from another of the client's pages."""
    query = urlsplit(url).query
    said = dict(parse_qsl(query[: 10 * LONGEST_TEXT], max_num_fields=50)) if query else {}
    return touch_of(said, referrer, sites)


def _path(path: str) -> str:
    parts = [":address" if _names_somebody(part) else part for part in path.split("/")]
    return "/".join(parts)[:LONGEST_PATH] or "/"


def _names_somebody(part: str) -> bool:
    return "@" in part or "%40" in part


def properties_of(
    told: object, declared: Mapping[str, str] | None
) -> tuple[dict[str, object], list[str]]:
    """The properties that an event of this kind may have, and what is wrong with the others."""
    if told is None:
        return {}, []
    if not isinstance(told, dict) or len(told) > MOST_PROPERTIES:
        return {}, [f"must be an object of {MOST_PROPERTIES} properties at most"]
    kept, problems = {}, []
    for name, value in told.items():
        problem = "".join(_problem(name, value, declared))
        if problem:
            problems.append(problem)
        elif value is not None:
            kept[name] = _clamped(name, value)
    return kept, problems


def _problem(name: str, value: object, declared: Mapping[str, str] | None) -> Iterator[str]:
    if not _NAME.fullmatch(name) or name in RESERVED:
        yield f"{name[:40]!r} is no name for a property"
    elif declared is not None and name not in declared:
        yield f"{name!r} is not declared"
    elif not _fits(value, declared.get(name) if declared else None):
        wanted = (declared or {}).get(name, "a text, a number, true or false")
        yield f"{name!r} must be {wanted}"


def _fits(value: object, wanted: str | None) -> bool:
    if value is None:
        return True
    if isinstance(value, bool):
        return wanted in {None, "boolean"}
    if isinstance(value, int | float):
        return wanted in {None, "number"} and abs(value) <= LARGEST
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and wanted not in _NOT_TEXT


_NOT_TEXT: Final = frozenset({"number", "boolean"})


def _clamped(name: str, value: object) -> object:
    if name == "seconds" and isinstance(value, int | float):
        return round(min(max(value, 0), LONGEST_STAY))
    return round(value, 6) if isinstance(value, float) else value
