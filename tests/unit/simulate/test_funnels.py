"""Every journey of the example clients, simulated: its funnel is reviewed as a diff.

To accept new ones: `python -m tests.unit.simulate.test_funnels`.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from infra.playbook import CompiledClient, compile_client
from workbench.simulate.behaviour_file import read_behaviour
from workbench.simulate.findings import findings
from workbench.simulate.in_words import funnel
from workbench.simulate.running import simulate
from workbench.simulate.scene import scene_of

FUNNELS: Final = Path(__file__).parent / "funnels"
CLIENTS: Final = Path(__file__).parents[3] / "clients"
LEADS, DAYS, SEED = 40, 700, 7
LIVELY: Final = ("open=60%", "click=30%", "reply=5%", "goal_after_click=25%", "leave=5%")
"""So that forty leads go every way; each journey's own come to it."""
OWN: Final = {
    "handbook": ("values={employees: {30: 70%, 120: 30%}}",),
    "onboarding": (
        "values={role: {champion: 40%, user: 30%, sponsor: 20%}}",
        "goal_unprompted=60%",
        "goal_after=8 days",
    ),
    "low-usage": ("goal_unprompted=30%",),
    "renewal": ("goal_unprompted=50%", "goal_after=60 days"),
    "anniversary": ("values={wedding_day: {2027-05-22: 60%, 2027-09-04: 20%}}",),
    "wedding": ("values={guests: {30: 30%, 70: 40%, 150: 30%}, filling: {lemon: 50%}}",),
}
"""What is told of the leads of a journey, besides."""


def told(name: str) -> str:
    client, _, journey = name.partition("/")
    compiled = _compiled(client)
    behaviour = read_behaviour(None, [*LIVELY, *OWN.get(journey, ())], fields=compiled.fields)
    scene = scene_of(compiled, journey, behaviour, seed=SEED, days=DAYS)
    return funnel(findings(scene, simulate(scene, leads=LEADS, cores=1)))


@cache
def _compiled(client: str) -> CompiledClient:
    return compile_client(CLIENTS / client, environment="dev")


def _journeys() -> Iterator[str]:
    for client in ("bakery", "harbor"):
        for path in sorted((CLIENTS / client / "journeys").glob("*.yaml")):
            yield f"{client}/{path.stem}"


JOURNEYS: Final = list(_journeys())


def _file(name: str) -> Path:
    return FUNNELS / f"{name.replace('/', '-')}.txt"


@pytest.mark.parametrize("name", JOURNEYS)
def test_the_funnel_is_the_one_that_was_reviewed(name: str) -> None:
    assert told(name) == _file(name).read_text(encoding="utf-8")


def test_no_funnel_is_left_over() -> None:
    assert {path.name for path in FUNNELS.iterdir()} == {_file(name).name for name in JOURNEYS}


def test_each_kind_of_step_is_in_one_of_them() -> None:
    kinds = {
        step.kind
        for name in JOURNEYS
        for step in _compiled(name.partition("/")[0])
        .journeys[name.partition("/")[2]]
        .steps.values()
    }

    assert kinds >= {"send", "text", "branch", "split", "set", "score", "notify"}
    assert kinds >= {"hand_off", "webhook", "enrol", "exit", "pass"}


if __name__ == "__main__":
    for path in FUNNELS.glob("*.txt"):
        path.unlink()
    for each in JOURNEYS:
        _file(each).write_text(told(each), encoding="utf-8")
