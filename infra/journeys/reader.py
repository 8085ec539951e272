"""First pass: a journey's YAML read into its tree."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from infra.journeys.entrances import read_entries, read_exits, read_goal, read_re_enter
from infra.journeys.journey_source import JourneySource
from infra.journeys.ranks import USUAL_PRIORITY, read_priority, read_when_capped
from infra.journeys.steps_reader import read_steps
from infra.journeys.times import window
from infra.journeys.words import Words
from infra.reading.nodes import Located, Node

STATUSES: Final = ("draft", "live", "closing", "stopped")
EDITS: Final = ("pin", "migrate")


def read_journey(name: str, root: Node, words: Words) -> JourneySource:
    keys = root.keys(
        needed=["enter", "steps"],
        optional=[
            *("title", "why", "topic", "owner", "priority", "status", "edits", "moved"),
            *("re_enter", "exit_when", "goal", "at_end", "send_window", "when_capped"),
        ],
    )
    entries, dates = keys.read("enter", partial(read_entries, journey=name)) or ((), ())
    priority = keys.read("priority", read_priority)
    return JourneySource(
        journey=name,
        spot=root.spot,
        title=keys.read("title", Node.text) or name.replace("-", " ").capitalize(),
        why=" ".join((keys.read("why", Node.text) or "").split()),
        status=keys.read("status", partial(Node.one_of, known=STATUSES)) or "live",
        topic=keys.located("topic", Node.text),
        owner=keys.located("owner", Node.text),
        priority=USUAL_PRIORITY if priority is None else priority,
        when_capped=keys.read("when_capped", read_when_capped) or "wait",
        edits=keys.read("edits", partial(Node.one_of, known=EDITS)) or "pin",
        moved=keys.read("moved", _names) or {},
        entries=entries,
        dates=dates,
        re_enter=keys.located("re_enter", read_re_enter),
        exits=keys.read("exit_when", read_exits) or (),
        goal=keys.read("goal", read_goal),
        at_end=keys.read("at_end", _names) or {},
        window=keys.located("send_window", window),
        steps=keys.read("steps", partial(read_steps, words=words)) or (),
    )


def _names(node: Node) -> Mapping[str, Located[str]]:
    read = ((name, value.text(), value.spot) for name, value in node.pairs().items())
    return {name: Located(text, spot) for name, text, spot in read if text is not None}
