"""Leads who stand at a step that an edit moved go on at the one that took its place."""

from dataclasses import replace

import pytest

from coldframe.domain.errors import Left
from coldframe.domain.journey import Step
from coldframe.domain.journey_steps import Pass, Wait
from coldframe.services.resuming import Resume
from tests.fakes.world import World
from tests.unit.services.enrolled import LEAD, enrolment, step


def edited(world: World, **moved: str) -> None:
    """`pause` is no more; leads who stand there go on as ``moved`` says."""
    welcome = world.playbook.journeys["welcome"]
    world.playbook.journeys["welcome"] = replace(welcome, edits="migrate", moved=moved)


def standing_at_pause(world: World) -> None:
    welcome = world.playbook.journeys["welcome"]
    pause = Step(id="pause", action=Pass(), pause=Wait(seconds=3600), next="hand-off")
    steps = {**welcome.steps, "pause": pause}
    world.playbook.journeys["welcome"] = replace(welcome, steps=steps)
    world.deciding()(step(world, "pause"))
    world.playbook.journeys["welcome"] = welcome


def test_a_run_that_asks_for_a_moved_step_ends_and_is_resumed_at_the_other(
    enrolled: World,
) -> None:
    standing_at_pause(enrolled)
    edited(enrolled, pause="hand-off")

    with pytest.raises(Left):
        enrolled.deciding()(step(enrolled, "pause"))

    stands = enrolment(enrolled)
    assert stands.step == "hand-off"
    assert stands.due_at == enrolled.clock.now()


def test_a_resumed_lead_goes_on_at_the_step_that_took_the_place_of_its_own(
    enrolled: World,
) -> None:
    standing_at_pause(enrolled)
    edited(enrolled, pause="hand-off")

    assert enrolled.resuming()(Resume(lead=LEAD, enrolment=enrolment(enrolled).id))

    assert enrolment(enrolled).step == "hand-off"
    assert enrolment(enrolled).due_at is not None


def test_a_step_that_nothing_took_the_place_of_marks_the_run_stuck(enrolled: World) -> None:
    standing_at_pause(enrolled)

    with pytest.raises(KeyError):
        enrolled.deciding()(step(enrolled, "pause"))
