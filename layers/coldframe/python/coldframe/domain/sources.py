"""Where a lead came from, at first and at last: a campaign's own words, or the page before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from coldframe.domain.touchpoint import FORM_SUBMITTED, PAGE_VIEWED, Touchpoint

DIRECT: Final = "direct"
"""Typed in, bookmarked, or from a page or program that doesn't say."""
REFERRAL: Final = "referral"
LONGEST: Final = 100
TELLING: Final = frozenset({FORM_SUBMITTED, PAGE_VIEWED})
"""Kinds that tell where somebody came from."""
_PARTS: Final = ("source", "medium", "campaign", "term", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One coming from elsewhere to the client's pages."""

    source: str
    medium: str = ""
    campaign: str = ""
    term: str = ""
    content: str = ""

    def data(self) -> dict[str, object]:
        """As a touchpoint tells it; what is empty is left out."""
        return {part: said for part in _PARTS if (said := getattr(self, part))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A touch with the touchpoint that tells of it."""

    touch: Touch
    at: datetime
    by: str

    @property
    def order(self) -> tuple[datetime, str]:
        return self.at, self.by


def touch_of(said: Mapping[str, object], referrer: object, sites: tuple[str, ...]) -> Touch | None:
    """By ``utm_…`` words if there are any, else by the referring page; None: one of our own."""
    named = {part: _word(said.get(f"utm_{part}")) for part in _PARTS}
    if any(named.values()):
        return Touch(**{**named, "source": named["source"] or DIRECT})
    host = _host(referrer)
    if not host:
        return Touch(source=DIRECT)
    if host in {_host(site) for site in sites}:
        return None
    return Touch(source=host.removeprefix("www."), medium=REFERRAL)


def touch_in(data: Mapping[str, object]) -> Touch | None:
    """The touch that a touchpoint tells of."""
    if not isinstance(data.get("source"), str):
        return None
    return Touch(**{part: str(data.get(part) or "") for part in _PARTS})


def first_in(known: Came | None, touchpoint: Touchpoint) -> Came | None:
    """The earliest of what is known and what this tells; a form may remember an earlier one."""
    found = known
    for came in _came(touchpoint):
        found = earlier(found, came)
    return found


def last_in(known: Came | None, touchpoint: Touchpoint) -> Came | None:
    found = known
    for came in _came(touchpoint):
        found = later(found, came)
    return found


def _came(touchpoint: Touchpoint) -> Iterator[Came]:
    if touchpoint.kind not in TELLING:
        return
    data, by = touchpoint.data, touchpoint.id
    if touch := touch_in(data):
        yield Came(touch=touch, at=touchpoint.occurred_at, by=by)
    before = data.get("first")
    if isinstance(before, Mapping) and (touch := touch_in(before)):
        at = datetime.fromisoformat(str(before["at"]))
        yield Came(touch=touch, at=min(at, touchpoint.occurred_at), by=by)


def joined_first(one: Came | None, other: Came | None) -> Came | None:
    """Of two who turned out to be one person."""
    return earlier(one, other) if other else one


def joined_last(one: Came | None, other: Came | None) -> Came | None:
    return later(one, other) if other else one


def source_facts(first: Came | None, last: Came | None) -> dict[str, object]:
    """As conditions and mails name it; what isn't known is left out."""
    named = {"first": first, "last": last}
    facts = {
        f"{which}_{part}": said
        for which, came in named.items()
        if came
        for part in ("source", "medium", "campaign")
        if (said := getattr(came.touch, part))
    }
    return {**facts, **({"source": first.touch.source} if first else {})}


def earlier(one: Came | None, other: Came) -> Came:
    return other if one is None or other.order < one.order else one


def later(one: Came | None, other: Came) -> Came:
    """The latest that says where from: a bookmark opened later doesn't undo a campaign."""
    if one is None:
        return other
    said, known = other.touch.source != DIRECT, one.touch.source != DIRECT
    return other if (said, *other.order) > (known, *one.order) else one


def _word(text: object) -> str:
    """In small letters: `Google` and `google` are one source."""
    said = " ".join(text.split()).lower()[:LONGEST] if isinstance(text, str) else ""
    return said if said.isprintable() else ""


def _host(url: object) -> str:
    if not isinstance(url, str):
        return ""
    try:
        return (urlsplit(url).netloc if "//" in url else url).lower()[:LONGEST]
    except ValueError:
        return ""
