"""A form's `gives`: files that nobody gets without it, and for how long their links are good."""

from collections.abc import Collection
from typing import Final

from infra.playbook.field_file import period
from infra.reading.nodes import Node
from infra.reading.problems import did_you_mean

ALWAYS: Final = "always"


def read_gives(node: Node, files: Collection[str]) -> dict[str, int]:
    """File → seconds, 0 for ever: one name, a list of them, or each with its time."""
    if node.is_text() or node.is_list():
        names = [(node.text(), node) for node in node.one_or_more()]
        return {name: 0 for name, at in names if name and _is_there(name, at, files)}
    return {
        name: _kept(child) for name, child in node.pairs().items() if _is_there(name, child, files)
    }


def _kept(node: Node) -> int:
    if node.is_text() and node.text() == ALWAYS:
        return 0
    if node.is_text() and not any(letter.isdigit() for letter in node.text() or "1"):
        node.spot.report(f"{node.text()!r} is neither `always` nor a time, as `90 days`")
        return 0
    kept = period(node)
    return int(kept.total_seconds()) if kept else 0


def _is_there(name: str, node: Node, files: Collection[str]) -> bool:
    if name not in files:
        node.spot.report(f"there is no file {name!r} in files/{did_you_mean(name, files)}")
    return name in files
