"""Places a journey's boxes on rows and columns: layers by longest path, long lines bent around."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from workbench.window.journey_graph import START, Box, Graph, Line

BOX_WIDTH, BOX_HEIGHT = 156, 46
_ACROSS, _DOWN, _EDGE = 170, 74, 4

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedBox:
    box: Box
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """``path`` is SVG's `d`; the label, if any, stands at ``label_at``."""

    path: str
    label: str
    label_at: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    width: int
    height: int
    boxes: tuple[PlacedBox, ...]
    lines: tuple[PlacedLine, ...]


def layout(graph: Graph) -> Layout:
    after = _forward(graph)
    rows = _rows(after)
    chains = {line: _chain(line, rows) for line in graph.lines if line.target in after[line.source]}
    columns = _columns(chains, rows)
    widest = max((len(row) for row in columns.values()), default=1)
    centre = _EDGE + (widest * _ACROSS - (_ACROSS - BOX_WIDTH)) / 2
    at: dict[str, Point] = {}
    for row, names in columns.items():
        for index, name in enumerate(names):
            x = centre + (index - (len(names) - 1) / 2) * _ACROSS
            at[name] = (x, _EDGE + row * _DOWN)
    return Layout(
        width=round(centre * 2),
        height=_EDGE * 2 + max(rows.values()) * _DOWN + BOX_HEIGHT,
        boxes=tuple(
            PlacedBox(box=box, x=at[box.id][0], y=at[box.id][1])
            for box in graph.boxes
            if box.id in at
        ),
        lines=tuple(_drawn(line, [at[name] for name in chain]) for line, chain in chains.items()),
    )


def _forward(graph: Graph) -> dict[str, list[str]]:
    """The lines that lead on from the start; one that would lead back is left out."""
    out: dict[str, list[str]] = defaultdict(list)
    for line in graph.lines:
        out[line.source].append(line.target)
    forward: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()

    def walk(name: str, above: frozenset[str]) -> None:
        forward[name] = [target for target in out[name] if target not in above | {name}]
        if name not in seen:
            seen.add(name)
            for target in forward[name]:
                walk(target, above | {name})

    walk(START, frozenset())
    return forward


def _rows(after: dict[str, list[str]]) -> dict[str, int]:
    """Each box stands one row below the lowest that leads to it."""
    rows = {START: 0}
    front = [START]
    while front:
        name = front.pop()
        for target in after.get(name, []):
            if rows.get(target, -1) < rows[name] + 1:
                rows[target] = rows[name] + 1
                front.append(target)
    return rows


def _chain(line: Line, rows: dict[str, int]) -> list[str]:
    """The line's ends, with a place held on every row between them."""
    between = range(rows[line.source] + 1, rows[line.target])
    held = [f"{line.source}→{line.target}→{line.label}→{row}" for row in between]
    rows.update(zip(held, between, strict=True))
    return [line.source, *held, line.target]


def _columns(chains: dict[Line, list[str]], rows: dict[str, int]) -> dict[int, list[str]]:
    """Left to right in the order in which a walk from the start first meets them."""
    after: dict[str, list[str]] = defaultdict(list)
    for chain in chains.values():
        for name, follower in pairwise(chain):
            after[name].append(follower)
    columns: dict[int, list[str]] = defaultdict(list)
    stack, seen = [START], set()
    while stack:
        name = stack.pop()
        if name not in seen:
            seen.add(name)
            columns[rows[name]].append(name)
            stack.extend(reversed(after[name]))
    return columns


def _drawn(line: Line, points: list[Point]) -> PlacedLine:
    """From the first box's foot to the last one's head, straight down where nothing bends it."""
    x, y = points[0][0], points[0][1] + BOX_HEIGHT
    path = [f"M{x:.1f} {y:.1f}"]
    for index, (to_x, to_y) in enumerate(points[1:]):
        bend = (y + to_y) / 2
        path.append(f"C{x:.1f} {bend:.1f} {to_x:.1f} {bend:.1f} {to_x:.1f} {to_y:.1f}")
        if index < len(points) - 2:
            path.append(f"V{to_y + BOX_HEIGHT:.1f}")
        x, y = to_x, to_y + BOX_HEIGHT
    second = points[1]
    side = (points[0][0] + second[0]) / 2
    return PlacedLine(
        path="".join(path),
        label=line.label,
        label_at=(side, (points[0][1] + BOX_HEIGHT + second[1]) / 2 + 4),
    )
