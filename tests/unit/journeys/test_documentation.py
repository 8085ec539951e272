"""The examples of docs/journeys.md are good journeys."""

import re
from pathlib import Path

import pytest

from infra.journeys.steps_reader import VERBS
from tests.unit.journeys.authored import mistakes

PAGE = (Path(__file__).parents[3] / "docs/journeys.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
HEAD = "enter: {form: cake-guide}\ntopic: letters\nat_end: {completed: nothing}\nsteps:\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=[text.splitlines()[0] for text in EXAMPLES])
def test_an_example_of_the_page_is_a_good_journey(example: str) -> None:
    steps = "".join(f"  {line}\n" for line in example.splitlines())

    assert mistakes(f"{HEAD}{steps}" if example.startswith("- ") else example) == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_an_example(verb: str) -> None:
    assert any(re.search(rf"(- |\{{){verb}:", example) for example in EXAMPLES)


def test_every_key_of_a_journey_is_explained() -> None:
    from infra.playbook.schemas.journey import JOURNEY

    told = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert set(JOURNEY["properties"]) - {"steps"} <= told
