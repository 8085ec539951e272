"""First pass: a journey's YAML read into its tree. One key per step, and the key is the verb."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from coldframe.domain.playbook import EventMatch
from coldframe.domain.touchpoint import FORM_SUBMITTED
from infra.journeys.source import HandOff, JourneySource, Send, Step, Unread, Wait, WaitFor
from infra.reading.nodes import Keys, Located, Node
from infra.reading.problems import did_you_mean, near
from infra.reading.values import NAME, duration, in_words, matching

STATUSES: Final = {"draft", "live"}
NOT_BUILT: Final = {
    *("text", "branch", "split", "repeat", "set", "score"),
    *("notify", "task", "webhook", "enrol", "exit"),
}
"""Steps of the language that are still to come."""


def read_journey(name: str, root: Node) -> JourneySource:
    keys = root.keys(
        needed=["enter", "steps"],
        optional=["title", "why", "topic", "exit_when", "re_enter", "status"],
    )
    keys.read("why", Node.text)
    keys.read("re_enter", _re_enter)
    return JourneySource(
        journey=name,
        spot=root.spot,
        title=keys.read("title", Node.text) or name.replace("-", " ").capitalize(),
        status=keys.read("status", _status) or "live",
        topic=keys.located("topic", Node.text),
        entries=keys.read("enter", _entries) or (),
        exits=keys.read("exit_when", _events) or (),
        steps=keys.read("steps", _steps) or (),
    )


def _status(node: Node) -> str | None:
    if node.text() in {"closing", "stopped"}:
        node.spot.report("is not built yet; today a journey is `draft` or `live`")
        return None
    return node.one_of(STATUSES)


def _re_enter(node: Node) -> None:
    word = node.text()
    if word is not None and word != "never":
        node.spot.report("only `never` is built yet: a lead passes through a journey once")


def _entries(node: Node) -> tuple[Located[EventMatch], ...]:
    return _matches(node, ("form", "event"))


def _events(node: Node) -> tuple[Located[EventMatch], ...]:
    return _matches(node, ("event",))


def _matches(node: Node, kinds: tuple[str, ...]) -> tuple[Located[EventMatch], ...]:
    read = [(entry.spot, _match(entry, kinds)) for entry in node.one_or_more()]
    return tuple(Located(match, spot) for spot, match in read if match)


def _match(node: Node, kinds: tuple[str, ...]) -> EventMatch | None:
    if node.is_text():
        event = node.text()
        return EventMatch(kind=event) if event else None
    keys = node.keys(optional=[*kinds, "where"])
    given = [kind for kind in kinds if kind in keys]
    if len(given) != 1:
        if not node.spot.reported():
            node.spot.report(f"say {' or '.join(f'`{kind}: …`' for kind in kinds)}")
        return None
    name = keys.read(given[0], Node.text)
    where = keys.read("where", _where) or {}
    if name is None:
        return None
    if given[0] == "form":
        return EventMatch(kind=FORM_SUBMITTED, where={"form": name, **where})
    return EventMatch(kind=name, where=where)


def _where(node: Node) -> dict[str, str]:
    texts = {key: value.text() for key, value in node.pairs().items()}
    return {key: text for key, text in texts.items() if text is not None}


def _steps(node: Node) -> tuple[Step, ...]:
    return tuple(_step(item) for item in node.items())


def _step(node: Node) -> Step:
    found = node.pairs()
    verbs = [key for key in found if key in _VERBS]
    if len(verbs) == 1:
        return _VERBS[verbs[0]](node)
    unread = Unread(id="", spot=node.spot)
    if verbs:
        both = " and ".join(f"`{verb}`" for verb in verbs)
        node.spot.report(f"is {both} at once; make them two steps, each with its own `- `")
    elif later := [key for key in found if key in NOT_BUILT]:
        found[later[0]].spot.report(f"this step is not built yet; today there are {_BUILT}")
    elif found:
        meant = [key for key in found if near(key, _VERBS)] or list(found)
        verb = meant[0]
        found[verb].spot.report(f"there is no step {verb!r}{did_you_mean(verb, _VERBS)}")
    return unread


def _id(keys: Keys, default: str) -> str:
    return keys.read("id", partial(matching, NAME, "second-reminder")) or default


def _send(node: Node) -> Send:
    keys = node.keys(needed=["send"], optional=["id"])
    mail = keys.located("send", Node.text)
    return Send(id=_id(keys, mail.value if mail else ""), spot=node.spot, mail=mail)


def _wait(node: Node) -> Wait:
    keys = node.keys(needed=["wait"], optional=["id"])
    time = keys.read("wait", duration)
    label = f"wait-{in_words(time).replace(' ', '-')}" if time else ""
    return Wait(id=_id(keys, label), spot=keys.spot("wait") or node.spot, time=time)


def _wait_for(node: Node) -> WaitFor:
    keys = node.keys(needed=["wait_for", "limit"], optional=["where", "then", "else", "id"])
    event = keys.located("wait_for", Node.text)
    where = keys.read("where", _where) or {}
    label = "wait-for-" + re.sub(r"[._]", "-", event.value) if event else ""
    return WaitFor(
        id=_id(keys, label),
        spot=node.spot,
        event=Located(EventMatch(kind=event.value, where=where), event.spot) if event else None,
        limit=keys.located("limit", duration),
        then=keys.read("then", _steps) or (),
        otherwise=keys.read("else", _steps) or (),
    )


def _hand_off(node: Node) -> HandOff:
    keys = node.keys(needed=["hand_off"], optional=["id"])
    to = keys.read("hand_off", lambda value: value.one_of({"owner"}))
    return HandOff(id=_id(keys, "hand-off"), spot=node.spot, to=to or "owner")


_VERBS: Final[dict[str, Callable[[Node], Step]]] = {
    "send": _send,
    "wait": _wait,
    "wait_for": _wait_for,
    "hand_off": _hand_off,
}
_BUILT: Final = ", ".join(f"`{verb}`" for verb in _VERBS)
