"""First pass over the steps: one key per step, and the key is the verb."""

from collections.abc import Callable
from functools import partial
from typing import Final

from infra.journeys import source
from infra.journeys.entrances import event_at, where
from infra.journeys.telling_reader import (
    dashed,
    own_id,
    read_enrol,
    read_exit,
    read_hand_off,
    read_notify,
    read_score,
    read_set,
    read_stop_marketing,
    read_task,
    read_webhook,
)
from infra.journeys.times import percent, told
from infra.journeys.times import times as how_often
from infra.journeys.waits_reader import read_wait
from infra.journeys.words import Words
from infra.reading.nodes import Keys, Node
from infra.reading.problems import did_you_mean, near
from infra.reading.values import NAME, duration, matching

MOST_ROUNDS: Final = 24
ELSE: Final = "else"
HOLDOUT: Final = "holdout"
OTHERS: Final = "others"
"""Those for whom no arm of a branch holds, and who have none of their own."""


def read_steps(node: Node, words: Words) -> tuple[source.Step, ...]:
    return tuple(_step(item, words) for item in node.items())


def _step(node: Node, words: Words) -> source.Step:
    found = node.pairs()
    verbs = [key for key in found if key in VERBS and not (key == "text" and "notify" in found)]
    if len(verbs) == 1:
        return VERBS[verbs[0]](node, words)
    if verbs:
        both = " and ".join(f"`{verb}`" for verb in verbs)
        node.spot.report(f"is {both} at once; make them two steps, each with its own `- `")
    elif found:
        meant = [key for key in found if near(key, VERBS)] or list(found)
        verb = meant[0]
        found[verb].spot.report(f"there is no step {verb!r}{did_you_mean(verb, VERBS)}")
    elif not node.spot.reported():
        node.spot.report("is no step; write one, e.g. `send: cake-guide`")
    return source.Unread(id="", spot=node.spot)


def _send(node: Node, _words: Words) -> source.Step:
    keys = node.keys(needed=["send"], optional=["id"])
    mail = keys.located("send", Node.text)
    return source.Send(id=own_id(keys, mail.value if mail else ""), spot=node.spot, mail=mail)


def _text(node: Node, _words: Words) -> source.Step:
    keys = node.keys(needed=["text"], optional=["id"])
    text = keys.located("text", Node.text)
    return source.SendText(id=own_id(keys, text.value if text else ""), spot=node.spot, text=text)


def _wait(node: Node, words: Words) -> source.Step:
    keys = node.keys(needed=["wait"], optional=["id"])
    spot = keys.spot("wait") or node.spot
    found = keys.read("wait", partial(read_wait, words=words))
    if found is None:
        return source.Wait(id=own_id(keys, ""), spot=spot)
    read, label = found
    until = f"until-{dashed(told(read.until))}" if read.until else ""
    default = "-".join(filter(None, ("wait", label, until)))
    return source.Wait(
        id=own_id(keys, default),
        spot=spot,
        time=read.time,
        computed=read.computed,
        date=read.date,
        until=read.until,
    )


def _wait_for(node: Node, words: Words) -> source.Step:
    keys = node.keys(
        needed=["wait_for", "limit"], optional=["where", "if", "since", "then", "else", "id"]
    )
    event = keys.located("wait_for", Node.text)
    return source.WaitFor(
        id=own_id(keys, f"wait-for-{dashed(event.value)}" if event else ""),
        spot=node.spot,
        event=event_at(event, keys.read("where", where) or {}) if event else None,
        limit=keys.located("limit", duration),
        since=keys.located("since", lambda value: value.one_of(["send", "enrolment", "now"])),
        condition=keys.read("if", words.holds),
        then=_under(keys, "then", words),
        otherwise=_under(keys, "else", words),
    )


def _under(keys: Keys, name: str, words: Words) -> tuple[source.Step, ...]:
    return keys.read(name, lambda node: read_steps(node, words)) or ()


def _branch(node: Node, words: Words) -> source.Step:
    keys = node.keys(needed=["branch"], optional=["id"])
    arms = keys.read("branch", lambda value: _arms(value, words)) or ()
    return source.Branch(id=own_id(keys, "branch"), spot=node.spot, arms=arms)


def _arms(node: Node, words: Words) -> tuple[source.Arm, ...]:
    items = node.items()
    arms = tuple(_arm(item, number, words) for number, item in enumerate(items, start=1))
    for arm in arms[:-1]:
        if arm.is_else:
            arm.spot.report("must be the last of the branch: what follows it is never reached")
    if all(arm.is_else for arm in arms) and not node.spot.reported():
        node.spot.report("asks nothing; write `if: …` and `then:` for some leads")
    _report_taken(arms)
    return arms


def _report_taken(arms: tuple[source.Arm, ...]) -> None:
    """The way that a lead took is recorded by its name."""
    taken = set() if any(arm.is_else for arm in arms) else {OTHERS}
    for arm in arms:
        if arm.name in taken:
            arm.spot.report(f"{arm.name!r} is taken; give each way a label of its own")
        taken.add(arm.name)


def _arm(node: Node, number: int, words: Words) -> source.Arm:
    if ELSE in node.pairs():
        keys = node.keys(needed=[ELSE], optional=["label"])
        name = _label(keys) or "else"
        steps = _under(keys, ELSE, words)
        return source.Arm(name=name, spot=node.spot, when=None, steps=steps, is_else=True)
    keys = node.keys(needed=["if", "then"], optional=["label"])
    return source.Arm(
        name=_label(keys) or f"arm-{number}",
        spot=node.spot,
        when=keys.read("if", words.holds),
        steps=_under(keys, "then", words),
    )


def _label(keys: Keys) -> str | None:
    return keys.read("label", partial(matching, NAME, "regulars"))


def _split(node: Node, words: Words) -> source.Step:
    keys = node.keys(needed=["split", "id"], optional=[HOLDOUT])
    return source.Split(
        id=own_id(keys, ""),
        spot=node.spot,
        shares=keys.read("split", lambda value: _shares(value, words)) or (),
        holdout=keys.read(HOLDOUT, percent) or 0,
    )


def _shares(node: Node, words: Words) -> tuple[source.Share, ...]:
    return tuple(share for item in node.items() if (share := _share(item, words)))


def _share(node: Node, words: Words) -> source.Share | None:
    keys = node.keys(needed=["share", "label"], optional=["then"])
    share, name = keys.read("share", percent), _label(keys)
    steps = _under(keys, "then", words)
    if share is None or name is None:
        return None
    return source.Share(name=name, spot=node.spot, percent=share, steps=steps)


def _repeat(node: Node, words: Words) -> source.Step:
    keys = node.keys(needed=["repeat", "steps"], optional=["until", "id"])
    number = keys.read("repeat", how_often)
    if number is not None and not 2 <= number <= MOST_ROUNDS:  # noqa: PLR2004 - once is no repeat
        (keys.spot("repeat") or node.spot).report(
            f"{number} times can't be: a repeat has 2 to {MOST_ROUNDS} rounds"
        )
    return source.Repeat(
        id=own_id(keys, "repeat"),
        spot=node.spot,
        times=number if number and number <= MOST_ROUNDS else 1,
        until=keys.read("until", words.holds),
        steps=_under(keys, "steps", words),
    )


VERBS: Final[dict[str, Callable[[Node, Words], source.Step]]] = {
    "send": _send,
    "text": _text,
    "wait": _wait,
    "wait_for": _wait_for,
    "branch": _branch,
    "split": _split,
    "repeat": _repeat,
    "set": read_set,
    "score": read_score,
    "stop_marketing": read_stop_marketing,
    "notify": read_notify,
    "task": read_task,
    "hand_off": read_hand_off,
    "webhook": read_webhook,
    "enrol": read_enrol,
    "exit": read_exit,
}
