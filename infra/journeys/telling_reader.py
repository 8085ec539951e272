"""First pass over the steps that tell or change something: one key is the verb."""

import re
from functools import partial
from typing import Final

from infra.journeys import source
from infra.journeys.times import whole
from infra.journeys.words import Words
from infra.reading.nodes import Keys, Located, Node
from infra.reading.values import NAME, duration, matching

_MOST_POINTS: Final = 1000


def own_id(keys: Keys, default: str) -> str:
    return keys.read("id", partial(matching, NAME, "second-reminder")) or default


def dashed(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def read_set(node: Node, words: Words) -> source.Step:
    keys = node.keys(needed=["set"], optional=["id"])
    pairs = keys.read("set", Node.pairs) or {}
    if "set" in keys and not pairs and not node.spot.reported():
        node.spot.report("sets nothing; write e.g. `set: {vip: true}`")
    values = {name: words.value_for(name, value) for name, value in pairs.items()}
    return source.SetFields(
        id=own_id(keys, f"set-{dashed('-'.join(pairs))}"),
        spot=node.spot,
        values={name: value for name, value in values.items() if value is not None},
    )


def read_score(node: Node, _words: Words) -> source.Step:
    keys = node.keys(needed=["score"], optional=["id"])
    points, why = keys.read("score", _points) or (None, "")
    shown = f"minus-{-points}" if points and points < 0 else str(points)
    return source.GiveScore(
        id=own_id(keys, f"score-{shown}"), spot=node.spot, points=points or 0, why=why
    )


def _points(node: Node) -> tuple[int | None, str]:
    if node.is_text():
        return _number_of_points(node), ""
    keys = node.keys(needed=["points"], optional=["why"])
    return keys.read("points", _number_of_points), keys.read("why", Node.text) or ""


def _number_of_points(node: Node) -> int | None:
    points = whole(node, low=-_MOST_POINTS, high=_MOST_POINTS)
    if points == 0:
        node.spot.report("gives no points; leave the step out")
    return points


def read_stop_marketing(node: Node, _words: Words) -> source.Step:
    keys = node.keys(needed=["stop_marketing"], optional=["id"])
    why = keys.read("stop_marketing", Node.text)
    return source.StopMarketing(id=own_id(keys, "stop-marketing"), spot=node.spot, why=why or "")


def read_notify(node: Node, _words: Words) -> source.Step:
    keys = node.keys(needed=["notify", "text"], optional=["id"])
    to, text = keys.located("notify", Node.text), keys.read("text", Node.text)
    label = own_id(keys, f"notify-{dashed(to.value)}" if to else "")
    return source.Notify(id=label, spot=node.spot, to=to, text=text or "")


def read_task(node: Node, _words: Words) -> source.Step:
    keys = node.keys(needed=["task", "to"], optional=["within", "id"])
    to = keys.located("to", Node.text)
    return source.Notify(
        id=own_id(keys, f"task-{dashed(to.value)}" if to else ""),
        spot=node.spot,
        to=to,
        text=keys.read("task", Node.text) or "",
        task=True,
        within=keys.read("within", duration),
    )


def read_hand_off(node: Node, _words: Words) -> source.Step:
    keys = node.keys(needed=["hand_off"], optional=["id"])
    to = keys.read("hand_off", lambda value: value.one_of({"owner"}))
    return source.HandOff(id=own_id(keys, "hand-off"), spot=node.spot, to=to or "owner")


def _named(node: Node, verb: str) -> tuple[str, Located[str] | None]:
    """A step that is its verb and one name."""
    keys = node.keys(needed=[verb], optional=["id"])
    name = keys.located(verb, partial(matching, NAME, "spring-letters"))
    return own_id(keys, f"{verb}-{dashed(name.value)}" if name else ""), name


def read_webhook(node: Node, _words: Words) -> source.Step:
    label, name = _named(node, "webhook")
    return source.CallWebhook(id=label, spot=node.spot, webhook=name)


def read_enrol(node: Node, _words: Words) -> source.Step:
    label, name = _named(node, "enrol")
    return source.EnrolIn(id=label, spot=node.spot, journey=name)


def read_exit(node: Node, _words: Words) -> source.Step:
    label, name = _named(node, "exit")
    return source.Leave(id=label, spot=node.spot, reason=name)
