"""segments.yaml and personas.yaml: names with the expressions that decide who is in them."""

from typing import Final

from infra.playbook.knowing.source import Named
from infra.reading.nodes import Node
from infra.reading.values import FIELD

MOST_SEGMENTS: Final = 60
"""All that a touchpoint changes must fit into one transaction."""
_WORD: Final = "small letters, digits and _, e.g. `inactive_30`"


def read_segments(root: Node) -> dict[str, Named]:
    found = {name: named(name, node) for name, node in root.pairs().items()}
    if len(found) > MOST_SEGMENTS:
        root.spot.report(f"holds {len(found)} segments; {MOST_SEGMENTS} are the most")
    return {name: segment for name, segment in found.items() if segment}


def read_personas(root: Node) -> tuple[Named, ...]:
    """In their order: a lead is the first that holds. The last may stand for everyone else."""
    pairs = root.pairs()
    found = [named(name, node, last=name == [*pairs][-1]) for name, node in pairs.items()]
    return tuple(filter(None, found))


def named(name: str, node: Node, *, last: bool = False) -> Named | None:
    """An expression, or a mapping with `if`, and perhaps `label` and `why`."""
    if not FIELD.fullmatch(name):
        node.spot.report(f"{name!r} is no name; write {_WORD}")
        return None
    if node.is_text():
        asked = node.text()
        return Named(name=name, asked=asked, spot=node.spot) if asked else None
    keys = node.keys(needed=[] if last else ["if"], optional=["if", "label", "why"])
    asked = keys.read("if", Node.text)
    if asked is None and ("if" in keys or not last):
        return None
    return Named(
        name=name,
        asked=asked or "",
        spot=keys.spot("if") or node.spot,
        label=keys.read("label", Node.text) or "",
        why=keys.read("why", Node.text) or "",
    )
