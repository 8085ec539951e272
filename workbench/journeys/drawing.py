"""A journey as boxes and lines, without any lead in it: for Mermaid and for SVG."""

from collections.abc import Iterator
from html import escape
from typing import Final

from coldframe.domain.journey import END, Journey, Step
from workbench.journeys.step_words import effect, pause, ways
from workbench.window.graph_layout import BOX_HEIGHT, BOX_WIDTH, layout
from workbench.window.journey_graph import FINISH, START, Box, Graph, Line, Mark

_LONGEST: Final = 24
"""Letters of a title that fit a box."""
_STYLE: Final = (
    "text{font:13px system-ui,sans-serif;fill:#23313a}.d{font-size:11px;fill:#5b6b75}"
    "rect{fill:#fff;stroke:#9fb3c0}.wait,.wait_for{fill:#eef3f6}.send,.text{fill:#e6f2e8}"
    ".branch,.split{fill:#fdf3da}.start,.end,.exit{fill:#e4eaee}path{fill:none;stroke:#7d929f}"
    "@media(prefers-color-scheme:dark){text{fill:#e8eef1}.d{fill:#a9b8c1}rect{fill:#1d262c;"
    "stroke:#50626d}.wait,.wait_for{fill:#232f36}.send,.text{fill:#1f3326}"
    ".branch,.split{fill:#3a3119}.start,.end,.exit{fill:#2a363e}}"
)


def graph(journey: Journey) -> Graph:
    left_out = {END, *journey.retired}
    steps = [step for step in journey.steps.values() if step.id not in left_out]
    lines = [Line(source=START, target=_entered(journey, journey.first))]
    lines += [line for step in steps for line in _lines(journey, step)]
    boxes = [_box(START, "start", "Enters", "")]
    boxes += [box for step in steps for box in _boxes(step)]
    if any(line.target == FINISH for line in lines):
        boxes.append(_box(FINISH, "end", "Ends", "completed"))
    return Graph(boxes=tuple(boxes), lines=tuple(dict.fromkeys(lines)))


def _box(name: str, kind: str, title: str, detail: str) -> Box:
    return Box(id=name, kind=kind, title=title, detail=detail, mark=Mark.AHEAD)


def _entered(journey: Journey, name: str | None) -> str:
    return FINISH if not name or name == END or name not in journey.steps else name


def _pause_of(step: Step) -> str:
    return step.id if step.kind == "pass" else f"{step.id}/pause"


def _boxes(step: Step) -> Iterator[Box]:
    if step.kind != "pass":
        yield _box(step.id, step.kind, *effect(step))
    if step.pause:
        yield _box(_pause_of(step), "wait_for" if step.wait_for else "wait", *pause(step))


def _lines(journey: Journey, step: Step) -> Iterator[Line]:
    if step.kind == "exit":
        return
    if step.pause and step.kind != "pass":
        yield Line(source=step.id, target=_pause_of(step))
    source = _pause_of(step) if step.pause else step.id
    for target, label in ways(step):
        yield Line(source=source, target=_entered(journey, target), label=label)


def mermaid(journey: Journey) -> str:
    drawn = graph(journey)
    names = {box.id: f"n{number}" for number, box in enumerate(drawn.boxes)}
    told = ["flowchart TD"]
    for box in drawn.boxes:
        words = "<br>".join(filter(None, (_quoted(box.title), _quoted(box.detail))))
        left, right = _SHAPES.get(box.kind, ("[", "]"))
        told.append(f'  {names[box.id]}{left}"{words}"{right}')
    for line in drawn.lines:
        label = f'|"{_quoted(line.label)}"|' if line.label else ""
        told.append(f"  {names[line.source]} -->{label} {names[line.target]}")
    return "\n".join(told) + "\n"


_SHAPES: Final = {
    **dict.fromkeys(("start", "end", "exit"), ("([", "])")),
    **dict.fromkeys(("branch", "split", "wait_for"), ("{{", "}}")),
    "wait": ("(", ")"),
}


def _quoted(words: str) -> str:
    """Mermaid reads HTML's entities between quotes."""
    return escape(words).replace("&#x27;", "'")


def svg(journey: Journey) -> str:
    """A picture that stands alone, light and dark."""
    placed = layout(graph(journey))
    size = f'width="{placed.width}" height="{placed.height}"'
    view = f'viewBox="0 0 {placed.width} {placed.height}"'
    told = f'role="img" aria-label="The steps of {escape(journey.title)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} {told}>',
        f"<style>{_STYLE}</style>",
    ]
    parts += [f'<path d="{line.path}"/>' for line in placed.lines]
    for line in placed.lines:
        if line.label:
            x, y = line.label_at
            parts.append(f'<text class="d" x="{x + 4:.1f}" y="{y:.1f}">{escape(line.label)}</text>')
    for each in placed.boxes:
        parts += _rectangle(each.box, each.x - BOX_WIDTH / 2, each.y)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _rectangle(box: Box, x: float, y: float) -> list[str]:
    middle = x + BOX_WIDTH / 2
    title_at = y + BOX_HEIGHT / 2 + (-3 if box.detail else 4)
    place = f'x="{x:.1f}" y="{y:.1f}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}"'
    return [
        f"<g><title>{escape(' · '.join(filter(None, (box.title, box.detail))))}</title>",
        f'<rect class="{box.kind}" {place} rx="8"/>',
        _text("", middle, title_at, box.title),
        *([_text(' class="d"', middle, y + BOX_HEIGHT - 10, box.detail)] if box.detail else []),
        "</g>",
    ]


def _text(kind: str, x: float, y: float, words: str) -> str:
    place = f'text-anchor="middle" x="{x:.1f}" y="{y:.1f}"'
    return f"<text{kind} {place}>{escape(_short(words))}</text>"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
