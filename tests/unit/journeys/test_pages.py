import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from infra.playbook import CompiledClient, all_clients, compile_client
from tests.unit.playbook.folders import CLIENTS
from workbench.cli import app
from workbench.journeys.drawing import graph, mermaid, svg
from workbench.journeys.pages import Pages

CLIENT_FOLDERS = all_clients(CLIENTS)


@pytest.fixture(scope="module", params=CLIENT_FOLDERS, ids=[path.name for path in CLIENT_FOLDERS])
def compiled(request: pytest.FixtureRequest) -> CompiledClient:
    return compile_client(request.param, environment="dev")


def test_every_step_is_drawn_and_can_be_reached(compiled: CompiledClient) -> None:
    for journey in compiled.journeys.values():
        drawn = graph(journey)
        boxes = {box.id for box in drawn.boxes}

        assert {line.target for line in drawn.lines} | {"start"} == boxes
        assert {name for name in journey.steps if name != "end"} <= boxes


def test_a_picture_is_svg_with_a_box_for_each_of_them(compiled: CompiledClient) -> None:
    for journey in compiled.journeys.values():
        root = ET.fromstring(svg(journey))  # noqa: S314 - our own

        found = root.findall(".//{http://www.w3.org/2000/svg}rect")
        assert len(found) == len(graph(journey).boxes)


def test_a_mermaid_diagram_names_each_box_before_it_is_drawn_to(compiled: CompiledClient) -> None:
    for journey in compiled.journeys.values():
        first, *lines = mermaid(journey).splitlines()

        named = {found[1] for line in lines if (found := re.match(r"  (n\d+)[\[({]", line))}
        drawn = {word for line in lines if "-->" in line for word in re.findall(r"\bn\d+\b", line)}
        assert first == "flowchart TD"
        assert drawn <= named


def test_the_page_of_the_weddings_says_who_why_when_and_what_for() -> None:
    compiled = compile_client(CLIENTS / "bakery", environment="dev")

    page = Pages(compiled).page(compiled.journeys["wedding"])

    assert page.startswith("# From a wedding's first question to its cake\n\nA couple asks")
    assert "- **Enters again**: 180 days after it left" in page
    assert "- **Goal**: for 25% of those who enter, within 180 days: `cake.ordered`" in page
    assert (
        "| `wedding-tasting` | Two months to go. Will you come and taste? | promotion | evaluation"
        " | letters | 60 days before wedding_day | How will it taste? |"
    ) in page


def test_the_command_prints_and_saves_a_page_and_a_picture_for_each(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["journeys", "harbor", "--clients", str(CLIENTS), "--out", str(tmp_path)]
    )

    assert result.exit_code == 0
    assert "# The ninety days before a renewal" in result.output
    names = {path.stem for path in tmp_path.glob("*.md")}
    assert {"renewal", "trial", "win-back"} <= names
    assert names == {path.stem for path in tmp_path.glob("*.svg")}
