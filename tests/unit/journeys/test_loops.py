from collections.abc import Mapping

import pytest

from infra.journeys.journey_source import JourneySource
from infra.journeys.loops import check_loops
from infra.reading.problems import Problems
from tests.unit.journeys.authored import read

ALWAYS = "re_enter: always\n"


def found(texts: Mapping[str, str], segments: Mapping[str, frozenset[str]]) -> list[str]:
    problems = Problems()
    sources: dict[str, JourneySource] = {
        name: read(text, problems, name=name) for name, text in texts.items()
    }
    check_loops(sources, segments)
    return [f"{problem.path}: {problem.text}" for problem in problems.found]


def journey(then: str, *, again: str = ALWAYS, enter: str = "by_hand") -> str:
    return f"enter: {enter}\n{again}at_end: {{completed: {then}}}\nsteps: [{{send: recipe}}]\n"


def test_journeys_that_follow_one_another_for_ever_are_reported_once() -> None:
    circle = {"spring": journey("autumn"), "autumn": journey("spring")}

    (told,) = found(circle, {})

    assert told.startswith("at_end.completed: closes a circle: autumn → spring → autumn;")


@pytest.mark.parametrize("again", ["", "re_enter: never\n"])
def test_a_journey_that_is_entered_once_ends_the_circle(again: str) -> None:
    circle = {"spring": journey("autumn"), "autumn": journey("spring", again=again)}

    assert found(circle, {}) == []


def test_a_step_that_leads_into_a_segment_that_enters_the_journey_is_a_circle() -> None:
    texts = {
        "hot": f"enter: {{segment: hot}}\n{ALWAYS}steps: [{{score: 5}}, {{exit: done}}]\n",
        "other": f"enter: {{segment: far}}\n{ALWAYS}steps: [{{score: 5}}, {{exit: done}}]\n",
    }
    segments = {"hot": frozenset({"score"}), "far": frozenset({"country"})}

    (told,) = found(texts, segments)
    assert told.startswith("steps[0]: closes a circle: hot → hot; let one of them be entered once")


def test_a_date_is_no_part_of_a_circle_because_time_passes_until_it_comes() -> None:
    texts = {
        "yearly": f"enter: {{date: renewal_on}}\n{ALWAYS}"
        "steps: [{set: {renewal_on: =renewal_on}}, {exit: done}]\n"
    }

    assert found(texts, {}) == []


def test_a_short_way_that_comes_to_rest_hides_no_longer_circle() -> None:
    both = f"enter: by_hand\n{ALWAYS}at_end: {{completed: longer}}\nsteps: [{{enrol: once}}]\n"
    texts = {
        "around": both,
        "once": journey("around", again=""),
        "longer": journey("most"),
        "most": journey("around"),
    }

    (told,) = found(texts, {})

    assert "around → longer → most → around" in told
