"""Files of a client's folder: YAML documents and the front matter of mails, as located nodes."""

from pathlib import Path

import yaml

from infra.reading.nodes import Node
from infra.reading.problems import Problems, Spot


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
    if root is None:
        spot.report("is empty")
        return None
    return Node(root, spot)


def _in_words(problem: str) -> str:
    if "'\\t'" in problem:
        return "a tab; indent with spaces"
    if "mapping values are not allowed" in problem:
        return "a second `:` in the line; put the text in quotes"
    return problem
