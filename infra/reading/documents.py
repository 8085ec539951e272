"""Files of a client's folder: YAML documents and the front matter of mails, as located nodes."""

from pathlib import Path
from typing import Final

import yaml

from infra.reading.nodes import Node
from infra.reading.problems import Problems, Spot

_DEEPEST: Final = 100
_MOST_VALUES: Final = 100_000
_DEEP: Final = (
    f"is nested deeper than {_DEEPEST} levels; if it uses `&name` and `*name`, one stands in itself"
)
_WIDE: Final = f"is more than {_MOST_VALUES} values once each `*name` is written out"


def read_text(path: Path, spot: Spot) -> str | None:
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        spot.report("is missing")
    except UnicodeDecodeError:
        spot.report("is not UTF-8 text; save it as UTF-8")
    return None


def read_yaml(path: Path, *, name: str, problems: Problems) -> Node | None:
    """The document's root, or None when it can't be read (and that is reported)."""
    spot = Spot(file=name, line=1, path="", problems=problems)
    text = read_text(path, spot)
    return None if text is None else parse_yaml(text, spot=spot)


def parse_yaml(text: str, *, spot: Spot) -> Node | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        unclosed = "quoted scalar" in (error.context or "")
        mark = error.context_mark if unclosed else error.problem_mark
        words = "a quote that is not closed" if unclosed else _in_words(error.problem or "")
        spot.on_line(mark.line + 1 if mark else 1).report(f"is not YAML here: {words}")
        return None
    except yaml.YAMLError as error:
        spot.report(f"is not YAML: {error}")
        return None
    except RecursionError:
        spot.report(_DEEP)
        return None
    if root is None:
        spot.report("is empty")
        return None
    if excess := _excess(root):
        spot.on_line(excess[0]).report(excess[1])
        return None
    return Node(root, spot)


def _excess(root: yaml.Node) -> tuple[int, str] | None:
    """Line and words, for what no reader could come to the end of."""
    level = [root]
    for _ in range(_DEEPEST):
        level = list({id(child): child for node in level for child in _children(node)}.values())
    if level:
        return level[0].start_mark.line + 1, _DEEP
    return (1, _WIDE) if _unfolded(root, {}) > _MOST_VALUES else None


def _unfolded(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values there are when each alias is written out."""
    if id(node) not in known:
        known[id(node)] = 1 + sum(_unfolded(child, known) for child in _children(node))
    return known[id(node)]


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _in_words(problem: str) -> str:
    if "'\\t'" in problem:
        return "a tab; indent with spaces"
    if "mapping values are not allowed" in problem:
        return "a second `:` in the line; put the text in quotes"
    return problem
