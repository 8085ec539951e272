"""A diary shows what a text message said to this lead."""

from dataclasses import replace
from pathlib import Path
from random import Random

from tests.unit.simulate.garden import scene
from workbench.simulate.diary import diary, diary_data
from workbench.simulate.people import person
from workbench.simulate.scene import START
from workbench.simulate.story import Line, Story

TEXTS = {
    "tomorrow.sms": "Tomorrow, {{ lead.trade | upper }}!\nReply STOP to end these texts",
    "tomorrow.de.sms": "Bis morgen.",
}


def test_the_diary_shows_the_text_in_the_leads_language(folder: Path) -> None:
    garden = replace(scene(folder, "six"), texts=TEXTS)
    line = Line(at=START, who="journey", text="texted tomorrow", texted="tomorrow")
    story = Story(journey=garden.journey, lines=[line])
    ada = replace(person(garden, 1, Random(1)), fields={"trade": "retail"})  # noqa: S311 - a lead
    hans = replace(ada, fields={"trade": "food", "language": "de-AT"})

    shown, told = diary(garden, ada, story), diary_data(garden, hans, story)

    assert "texted tomorrow: “Tomorrow, RETAIL! / Reply STOP to end these texts”" in shown
    assert told["diary"][0]["says"] == "Bis morgen."
