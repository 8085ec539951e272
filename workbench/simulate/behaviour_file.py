"""Behaviour as written, in a YAML file and as `name=value`; every mistake at once."""

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from infra.reading.documents import parse_yaml, read_yaml
from infra.reading.nodes import Node
from infra.reading.problems import Problems, Spot, did_you_mean
from infra.reading.values import LONGEST, duration, shortened
from infra.reading.values import zone as zone_name
from workbench.simulate.behaviour import CLIENTS_ZONE, KINDS, TABLES, Behaviour

_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?) ?%")
_WHOLE: Final = 1.0
_SHORT: Final = re.compile(r"(\d+(?:\.\d+)?) ?seconds?")


def read_behaviour(
    file: Path | None, overruled: Iterable[str], *, fields: Iterable[str]
) -> Behaviour:
    """Raises PlaybookProblems. ``fields``: those that leads can have."""
    problems, known = Problems(), set(fields)
    found: dict[str, Any] = {}
    if file is not None:
        root = read_yaml(file, name=file.name, problems=problems)
        found |= _table(root, known) if root else {}
    for number, text in enumerate(overruled, start=1):
        spot = Spot(file="--set", line=number, path="", problems=problems)
        name, equals, value = text.partition("=")
        if not equals:
            spot.report(f"{text!r} sets nothing; write e.g. `open=60%`")
        elif root := parse_yaml(f"{name.strip()}: {value.strip()}", spot=spot):
            found |= _table(root, known)
    problems.raise_any()
    return replace(Behaviour(), **found)


def _table(root: Node, fields: set[str]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, node in root.keys(optional=(*KINDS, *TABLES)):
        if name in KINDS:
            read[name] = _rate(node) if KINDS[name] == "rate" else _time(node)
        elif name == "values":
            read[name] = {each: _shares(given) for each, given in _values(node, fields)}
        elif name == "events":
            read[name] = {event: _rate(given) for event, given in node.pairs().items()}
        else:
            read[name] = _shares(node, _zone)
    return {name: value for name, value in read.items() if value is not None}


def _values(node: Node, fields: set[str]) -> Iterable[tuple[str, Node]]:
    for name, given in node.pairs().items():
        if name in fields:
            yield name, given
        else:
            given.spot.report(f"no field {name!r}{did_you_mean(name, fields)}")


def _shares(node: Node, judge: Any = None) -> dict[str, float]:
    shares = {}
    for name, given in node.pairs().items():
        if judge is not None:
            judge(name, given)
        shares[name] = _rate(given) or 0.0
    if sum(shares.values()) > _WHOLE + 1e-9:
        node.spot.report(f"is {sum(shares.values()):.0%} in all; the parts are at most 100%")
    return shares


def _zone(name: str, node: Node) -> None:
    if name != CLIENTS_ZONE:
        zone_name(_word(name, node))


def _word(text: str, node: Node) -> Node:
    found = parse_yaml(f"'{text}'", spot=node.spot)
    return found or node


def _rate(node: Node) -> float | None:
    text = str(node.raw.value).strip() if node.is_text() else ""
    found = _PERCENT.fullmatch(text)
    rate = float(found[1]) / 100 if found else _number(text)
    if rate is None or not 0 <= rate <= _WHOLE:
        node.spot.report(f"{text!r} is no rate; write e.g. `40%` or `0.4`")
        return None
    return rate


def _time(node: Node) -> float | None:
    text = str(node.raw.value).strip() if node.is_text() else ""
    if found := _SHORT.fullmatch(text):
        if float(found[1]) > LONGEST.total_seconds():
            node.spot.report(f"{shortened(text)!r} is too long: at most a hundred years")
            return None
        return float(found[1])
    time = duration(node)
    return time.total_seconds() if time else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
