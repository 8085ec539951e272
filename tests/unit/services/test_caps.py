"""Caps hold however sends interleave, because the claim and the count are one transaction."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.errors import NotYet, StaleLead
from coldframe.domain.gate import Prohibition
from coldframe.domain.journey import Journey
from coldframe.domain.limits import CapRule
from coldframe.domain.local_time import spread
from coldframe.domain.message import MessageState
from coldframe.services.steps import StepCommand
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY, sends
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA

MAILS = ("case-study", "invitation", "reminder", "letter")


def crowded() -> tuple[World, list[StepCommand]]:
    """Ada is in four journeys that all want to mail her now; one mail a day is allowed."""
    stage = Stage(World())
    world = stage.world
    world.playbook.of = replace(BAKERY, caps=(CapRule(mails=1, days=1),), quiet_hours=None)
    stage.post(ADA)
    stage.settle()
    commands = []
    for name in MAILS:
        world.playbook.journeys[name] = Journey(
            journey=name,
            title=name,
            first=name,
            steps={name: sends(name, wait=60, then="end")},
        )
        world.enrolments.begin(
            Enrolment(
                lead=lead_of(ADA),
                id=f"in-{name}",
                journey=name,
                status=EnrolmentStatus.OPEN,
                step=name,
                since=MONDAY,
                generation=1,
                started_at=MONDAY,
                requested_at=MONDAY,
            )
        )
        commands.append(
            StepCommand(
                lead=lead_of(ADA), enrolment=f"in-{name}", generation=1, journey=name, step=name
            )
        )
    return world, commands


def send(world: World, command: StepCommand) -> None:
    with suppress(NotYet, StaleLead):
        world.messaging()(command)


def test_two_sends_interleaved_at_any_operation_count_as_two() -> None:
    moment = 0
    while True:
        world, (first, second, *_) = crowded()
        start = world.writes.operations
        world.writes.interrupt_at = start + moment
        world.writes.interruption = partial(send, world, second)

        send(world, first)

        if world.writes.interrupt_at is not None:
            break
        assert len(world.mailer.mails()) == 2, moment  # the guide, and one of the two
        assert len(world.gates.get(lead_of(ADA)).mails) == 1, moment
        moment += 1
    assert moment >= 7


def test_a_mail_over_the_cap_waits_for_the_next_day_and_says_why() -> None:
    world, (first, second, *_) = crowded()
    send(world, first)

    with pytest.raises(NotYet) as put_off:
        world.messaging()(second)

    midnight_in_zurich = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)
    assert put_off.value.until == midnight_in_zurich + spread(lead_of(ADA), second.step)

    held = [row for row in world.ledger.rows.values() if row.state is MessageState.DEFERRED]
    assert [(row.mail, row.why) for row in held] == [("invitation", "capped")]


def test_all_four_mails_go_one_a_day() -> None:
    world, commands = crowded()
    days = []
    for _ in range(5):
        for command in commands:
            send(world, command)
        days.append(len(world.mailer.mails()) - 1)
        world.clock.advance(days=1)

    assert days == [1, 2, 3, 4, 4]


def test_a_requested_mail_neither_counts_nor_is_counted(stage: Stage) -> None:
    stage.post(ADA)
    stage.settle()

    assert stage.world.mailer.mails() == ["guide"]
    assert stage.world.gates.get(lead_of(ADA)).mails == ()


def test_a_mail_that_cannot_be_rendered_takes_no_place_among_the_counted() -> None:
    world, (first, *_) = crowded()
    world.renderer.broken.add(lead_of(ADA))

    with pytest.raises(ZeroDivisionError):
        world.messaging()(first)

    assert world.gates.get(lead_of(ADA)).mails == ()
    assert world.enrolments.rows[lead_of(ADA), "in-case-study"].claims == {}


def test_a_lead_who_goes_to_sales_during_the_question_is_asked_again() -> None:
    world, (first, *_) = crowded()
    world.writes.interrupt_at = world.writes.operations + 4
    world.writes.interruption = lambda: world.gates.forbid(
        lead_of(ADA), Prohibition.WITH_SALES, MONDAY
    )

    send(world, first)

    assert world.mailer.mails() == ["guide"]
    refused = [row for row in world.ledger.rows.values() if row.state is MessageState.REFUSED]
    assert [(row.mail, row.why) for row in refused] == [("case-study", "with_sales")]
    assert world.clock.now() - MONDAY < timedelta(days=1)


def test_the_record_says_which_rule_held_a_mail_up() -> None:
    world, (first, second, *_) = crowded()
    rules = (CapRule(mails=1, per="week"), CapRule(mails=1, days=1))
    world.playbook.of = replace(world.playbook.of, caps=rules)
    send(world, first)

    with pytest.raises(NotYet):
        world.messaging()(second)

    [held] = [row for row in world.ledger.rows.values() if row.state is MessageState.DEFERRED]
    assert (held.why, held.detail) == ("capped", "1 mail a week")
    world.clock.advance(days=7)
    world.messaging()(second)
    sent = world.ledger.rows[held.lead, held.id]
    assert (sent.why, sent.detail) == ("", "")


def test_promotions_are_counted_apart_and_so_are_topics() -> None:
    world, (first, second, third, fourth) = crowded()
    rules = (CapRule(mails=1, days=7, kinds=("promotion",)),)
    world.playbook.of = replace(world.playbook.of, caps=rules)

    for command in (first, second, third, fourth):
        send(world, command)
    assert world.mailer.mails()[1:] == ["case-study", "invitation", "reminder", "letter"]

    gate = world.gates.get(lead_of(ADA))
    assert gate.tallies == {"promotion": (MONDAY,)}
