"""The steps that mail no lead: waits, ends, and the notice to the client's owner."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.errors import Left, NotYet, UnknownOutcome
from coldframe.domain.gate import Prohibition
from coldframe.domain.journey import Step
from coldframe.domain.journey_steps import Leave, Pass, Wait
from coldframe.services.steps import StepCommand
from tests.fakes.clock import MONDAY
from tests.fakes.world import World
from tests.unit.services.enrolled import LEAD, enrolment, step

OWNER = "rosa@bakery.example"


def pause(seconds: int) -> Step:
    return Step(id="pause", action=Pass(), pause=Wait(seconds=seconds), next="hand-off")


def with_step(world: World, new: Step) -> StepCommand:
    welcome = world.playbook.journeys["welcome"]
    steps = {**welcome.steps, new.id: new}
    world.playbook.journeys["welcome"] = replace(welcome, steps=steps)
    return step(world, new.id)


def test_a_wait_ends_when_it_would_have_however_often_it_is_entered(enrolled: World) -> None:
    command = with_step(enrolled, pause(3600))

    ends = []
    for _ in range(3):
        ends.append(enrolled.deciding()(command).resume_at)
        enrolled.clock.advance(minutes=10)

    assert ends == [MONDAY + timedelta(hours=1)] * 3
    assert enrolment(enrolled).step == "pause"


def test_a_wait_ends_on_a_whole_second_and_never_early(enrolled: World) -> None:
    command = with_step(enrolled, pause(60))
    enrolled.clock.advance(milliseconds=1)

    assert enrolled.deciding()(command).resume_at == MONDAY + timedelta(seconds=61)


def test_an_end_closes_the_enrolment_once(enrolled: World) -> None:
    command = with_step(enrolled, Step(id="end", action=Leave(reason="completed")))

    enrolled.deciding()(command)
    with pytest.raises(Left):
        enrolled.deciding()(command)

    assert (enrolment(enrolled).status, enrolment(enrolled).reason) == ("closed", "completed")


def test_the_owner_is_told_whatever_the_leads_gate_says(enrolled: World) -> None:
    enrolled.gates.forbid(LEAD, Prohibition.BOUNCED, MONDAY)

    enrolled.handing_off()(step(enrolled, "hand-off"))

    assert enrolled.mailer.mails(OWNER) == ["_hand_off"]
    assert enrolment(enrolled).reason == "completed"
    assert enrolled.gates.get(LEAD).mails == ()


def test_the_owner_is_told_once_however_often_the_step_is_entered(enrolled: World) -> None:
    welcome = enrolled.playbook.journeys["welcome"]
    command = with_step(enrolled, replace(welcome.steps["hand-off"], next="end"))

    for _ in range(3):
        enrolled.handing_off()(command)

    assert enrolled.mailer.mails(OWNER) == ["_hand_off"]


def test_a_notice_without_an_answer_is_told_again(enrolled: World) -> None:
    enrolled.mailer.answers = [UnknownOutcome("timeout")]
    with pytest.raises(NotYet, match="2026-11-16T10:15:00Z"):
        enrolled.handing_off()(step(enrolled, "hand-off"))
    enrolled.clock.advance(minutes=15)

    enrolled.handing_off()(step(enrolled, "hand-off"))

    assert enrolled.mailer.mails(OWNER) == ["_hand_off"]
