"""First pass over a journey's head: how leads come in, what leads them out, and its goal."""

from collections.abc import Mapping
from typing import Final

from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import ReEntry
from coldframe.domain.touchpoint import (
    FORM_SUBMITTED,
    JOURNEY_REQUESTED,
    SEGMENT_ENTERED,
    SEGMENT_LEFT,
)
from infra.journeys.journey_source import DateEntering, Exiting, GoalSource
from infra.journeys.times import clock, percent, seconds, whole
from infra.journeys.waits_reader import MORNING
from infra.reading.nodes import Keys, Located, Node
from infra.reading.values import NAME, duration, matching

BY_HAND: Final = "by_hand"
_WAYS_IN: Final = ("form", "event", "segment", "date")
_WAYS_OUT: Final = ("event", "segment_left")
_AFTER: Final = "after "
_YEARS: Final = 3660


def read_entries(
    node: Node, journey: str
) -> tuple[tuple[Located[EventMatch], ...], tuple[DateEntering, ...]]:
    events: list[Located[EventMatch]] = []
    dates: list[DateEntering] = []
    for item in node.one_or_more():
        found = _date(item) if item.says("date") else _way_in(item, journey)
        if isinstance(found, DateEntering):
            dates.append(found)
        elif found:
            events.append(Located(found, item.spot))
    return tuple(events), tuple(dates)


def requested(journey: str) -> EventMatch:
    """Somebody, or another journey, asked that the lead enter this one."""
    return EventMatch(kind=JOURNEY_REQUESTED, where={"journey": journey})


def _way_in(node: Node, journey: str) -> EventMatch | None:
    if node.is_text():
        event = node.text()
        return requested(journey) if event == BY_HAND else _plain(event)
    keys = node.keys(optional=[*_WAYS_IN, "where", "also_current"])
    if "segment" in keys and keys.read("also_current", Node.yes_or_no):
        (keys.spot("also_current") or node.spot).report(
            "is not built yet: leads who are in the segment already don't enter"
        )
    return _match(node, keys, _WAYS_IN)


def _plain(event: str | None) -> EventMatch | None:
    return EventMatch(kind=event) if event else None


def _date(node: Node) -> DateEntering | None:
    keys = node.keys(needed=["date"], optional=["days", "at"])
    field, minute = keys.located("date", Node.text), keys.read("at", clock)
    days = keys.read("days", lambda value: whole(value, low=-_YEARS, high=_YEARS)) or 0
    if field is None:
        return None
    return DateEntering(field=field, days=days, minute=MORNING if minute is None else minute)


def read_exits(node: Node) -> tuple[Exiting, ...]:
    read = [(item, _way_out(item)) for item in node.one_or_more()]
    return tuple(
        Exiting(event=Located(found[0], item.spot), reason=found[1])
        for item, found in read
        if found
    )


def _way_out(node: Node) -> tuple[EventMatch, str] | None:
    if node.is_text():
        plain = _plain(node.text())
        return (plain, "") if plain else None
    keys = node.keys(optional=[*_WAYS_OUT, "where", "reason"])
    reason = keys.read("reason", lambda value: matching(NAME, "moved-away", value))
    found = _match(node, keys, _WAYS_OUT)
    return (found, reason or "") if found else None


def _match(node: Node, keys: Keys, kinds: tuple[str, ...]) -> EventMatch | None:
    given = [kind for kind in kinds if kind in keys]
    if len(given) != 1:
        if not node.spot.reported():
            node.spot.report(f"say {' or '.join(f'`{kind}: …`' for kind in kinds)}")
        return None
    name = keys.read(given[0], Node.text)
    return None if name is None else _meant(given[0], name, keys.read("where", where) or {})


def _meant(way: str, name: str, asked: Mapping[str, str]) -> EventMatch:
    match way:
        case "form":
            return EventMatch(kind=FORM_SUBMITTED, where={"form": name, **asked})
        case "segment":
            return EventMatch(kind=SEGMENT_ENTERED, where={"segment": name})
        case "segment_left":
            return EventMatch(kind=SEGMENT_LEFT, where={"segment": name})
        case _:
            return EventMatch(kind=name, where=asked)


def where(node: Node) -> dict[str, str]:
    texts = {key: value.text() for key, value in node.pairs().items()}
    return {key: text for key, text in texts.items() if text is not None}


def event_at(event: Located[str], asked: Mapping[str, str]) -> Located[EventMatch]:
    return Located(EventMatch(kind=event.value, where=asked), event.spot)


def read_goal(node: Node) -> GoalSource | None:
    keys = node.keys(needed=["event", "within", "target"], optional=["where"])
    event, within = keys.located("event", Node.text), keys.read("within", duration)
    target = keys.read("target", percent)
    asked = keys.read("where", where) or {}
    if event is None or within is None or target is None:
        return None
    return GoalSource(
        spot=node.spot, event=event_at(event, asked), within=within, target=target / 100
    )


def read_re_enter(node: Node) -> ReEntry | None:
    if node.is_text():
        return _policy(node)
    keys = node.keys(optional=["after", "always", "concurrent", "key"])
    if ("after" in keys) == ("always" in keys):
        if not node.spot.reported():
            node.spot.report("say `after: 30 days` or `always: true`")
        return None
    after = keys.read("after", duration)
    if "always" in keys and keys.read("always", Node.yes_or_no) is False:
        node.spot.report("`always: false` says nothing; write `re_enter: never`")
    return ReEntry(
        mode="after" if "after" in keys else "always",
        after=seconds(after) or 0,
        concurrent=keys.read("concurrent", Node.yes_or_no) or False,
        key=keys.read("key", Node.text) or "",
    )


def _policy(node: Node) -> ReEntry | None:
    text = node.text()
    if text is None:
        return None
    if text.startswith(_AFTER):
        after = duration(node, within=text.removeprefix(_AFTER).strip())
        return ReEntry(mode="after", after=seconds(after) or 0) if after else None
    if text in {"never", "always"}:
        return ReEntry(mode=text)
    node.spot.report(f"there is no {text!r}; write `never`, `always` or e.g. `after 30 days`")
    return None
