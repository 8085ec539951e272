"""content.yaml: which pages, mails and events show that a buyer has come to which stage."""

from datetime import timedelta
from functools import partial
from typing import Final

from infra.playbook.knowing.source import ContentSource, StageSource
from infra.reading.nodes import Keys, Node
from infra.reading.values import duration

STAGES: Final = ("awareness", "consideration", "evaluation", "decision")


def read_content(root: Node) -> ContentSource:
    keys = root.keys(optional=[*STAGES, "within"])
    stages = [keys.read(name, partial(_stage, name)) for name in STAGES]
    return ContentSource(
        stages=tuple(stage for stage in stages if stage),
        within=keys.read("within", duration) or timedelta(days=90),
    )


def _stage(stage: str, node: Node) -> StageSource | None:
    keys = node.keys(optional=["pages", "mails", "events"])
    found = StageSource(
        stage=stage,
        spot=node.spot,
        pages=_texts(keys, "pages"),
        mails=_texts(keys, "mails"),
        events=_texts(keys, "events"),
    )
    if not (found.pages or found.mails or found.events):
        if not node.spot.reported():
            node.spot.report("names no content; write `pages`, `mails` or `events`")
        return None
    return found


def _texts(keys: Keys, name: str) -> tuple[str, ...]:
    nodes = keys.read(name, Node.one_or_more) or []
    return tuple(text for node in nodes if (text := node.text()))
