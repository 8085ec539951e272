"""Mails go at the client's rate: soon is slept for, later is come back for, and nobody storms."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.allowance import DAY_FULL, IN_LINE, STRANGER, Allowance, WarmUp
from coldframe.domain.errors import NotYet, Throttled
from coldframe.domain.limits import QuietHours
from coldframe.domain.message import MailKind, Message, MessageState
from coldframe.services.steps import StepCommand
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA
from tests.unit.services.test_broadcasts import ADDRESSES, LETTER, letters, read, send
from tests.unit.services.test_caps import MAILS, crowded

__all__ = ["read"]
SECOND = timedelta(seconds=1)


def sharing(allowance: Allowance | None) -> tuple[World, list[StepCommand]]:
    """Ada's four journeys, under no cap."""
    world, commands = crowded()
    world.playbook.of = replace(world.playbook.of, caps=(), allowance=allowance)
    return world, commands


def record(world: World, mail: str) -> Message:
    [row] = [row for row in world.ledger.rows.values() if row.mail == mail]
    return row


def test_a_turn_within_seconds_is_slept_for_and_is_the_instant_on_record() -> None:
    world, commands = sharing(Allowance(rate=1))

    for command in commands:
        world.messaging()(command)

    sent = [record(world, mail).sent_at for mail in MAILS]
    assert sent == [MONDAY + 1.25 * SECOND * number for number in range(4)]


def test_where_no_rate_is_named_nobody_stands_in_line() -> None:
    world, commands = sharing(None)

    for command in commands:
        world.messaging()(command)

    assert {row.sent_at for row in world.ledger.rows.values()} == {MONDAY}
    assert "turns.take" not in world.writes.log


def busy(world: World, mails: int) -> None:
    for _ in range(mails):
        world.turns.take(requested=False)


def test_a_later_turn_is_kept_so_whoever_comes_back_takes_no_other() -> None:
    world, (command, *_) = sharing(Allowance(rate=1))
    busy(world, 8)

    with pytest.raises(NotYet) as later:
        world.messaging()(command)
    assert later.value.until == MONDAY + 10 * SECOND
    held = record(world, "case-study")
    assert (held.state, held.why) == (MessageState.DEFERRED, IN_LINE)

    taken = len(world.turns.taken)
    world.clock.at = later.value.until
    world.messaging()(command)

    assert record(world, "case-study").sent_at == later.value.until
    assert len(world.turns.taken) == taken


def test_who_comes_far_too_late_stands_in_line_anew() -> None:
    world, (command, *_) = sharing(Allowance(rate=1))
    busy(world, 8)
    with suppress(NotYet):
        world.messaging()(command)
    taken = len(world.turns.taken)

    world.clock.advance(hours=1)
    world.messaging()(command)

    assert len(world.turns.taken) == taken + 1


def test_a_hundred_who_come_at_once_ask_twice_each_at_most() -> None:
    world, (command, *_) = sharing(Allowance(rate=1))
    asked = 0
    waits = [MONDAY] * 100
    for number, at in enumerate(sorted(waits)):
        world.clock.at = at
        mail = f"in-{number}"
        row = world.enrolments.rows[lead_of(ADA), command.enrolment]
        world.enrolments.rows[lead_of(ADA), mail] = replace(row, id=mail)
        one = replace(command, enrolment=mail)
        for _ in range(9):
            asked += 1
            try:
                world.messaging()(one)
                break
            except NotYet as later:
                world.clock.at = later.until

    assert asked <= 200
    assert len(world.turns.taken) == 100


def test_what_would_go_into_the_night_isn_t_sent_by_its_turn() -> None:
    world, (command, *_) = sharing(Allowance(rate=1))
    at = 11 * 60
    world.playbook.of = replace(world.playbook.of, quiet_hours=QuietHours(start=at, end=at + 60))
    world.clock.at = MONDAY - 2 * SECOND
    busy(world, 3)

    with pytest.raises(NotYet) as later:
        world.messaging()(command)

    assert later.value.why == "quiet_hours"
    assert record(world, "case-study").at == MONDAY - 2 * SECOND


def test_who_is_refused_takes_no_turn() -> None:
    world, (command, *_) = sharing(Allowance(rate=1))
    mail = world.playbook.mails["case-study"]
    world.playbook.mails["case-study"] = replace(mail, valid_until="2026-01-01T00:00:00+00:00")

    world.messaging()(command)

    assert world.turns.taken == []


def test_a_full_day_holds_marketing_but_not_what_was_asked_for() -> None:
    world, (command, asked_for, *_) = sharing(Allowance(rate=1, a_day=5))
    mail = world.playbook.mails["invitation"]
    world.playbook.mails["invitation"] = replace(mail, kind=MailKind.REQUESTED)
    busy(world, 5)

    with pytest.raises(NotYet) as later:
        world.messaging()(command)
    world.messaging()(asked_for)

    assert later.value.why == DAY_FULL
    assert later.value.until >= MONDAY + timedelta(days=1)
    assert record(world, "invitation").state is MessageState.SENT


def test_a_new_sender_writes_first_to_those_who_were_there_lately() -> None:
    ramp = WarmUp(since="2026-11-16", first=100, grows=50, days=30)
    world, (first, second, *_) = sharing(Allowance(rate=10, warm_up=ramp))
    world.messaging()(first)
    lead = lead_of(ADA)
    long_ago = MONDAY - timedelta(days=40)
    world.profiles.rows[lead] = replace(world.profiles.rows[lead], last_seen=long_ago)

    with pytest.raises(NotYet) as later:
        world.messaging()(second)

    assert record(world, "case-study").state is MessageState.SENT
    assert later.value.why == STRANGER
    world.clock.at = later.value.until
    assert world.clock.at.date().isoformat() == "2026-11-26"
    world.messaging()(second)
    assert record(world, "invitation").state is MessageState.SENT


def test_a_broadcast_goes_at_the_rate_and_rests_as_a_whole_when_the_day_is_full(
    read: Stage,
) -> None:
    stage, world = read, read.world
    world.playbook.of = replace(world.playbook.of, allowance=Allowance(rate=1, a_day=2), caps=())
    began = world.clock.at

    send(stage)
    assert len(letters(stage)) == 2
    put_off = [row for row in world.ledger.rows.values() if row.why == DAY_FULL]
    assert len(put_off) == 1

    stage.advance(began + timedelta(days=4))
    assert letters(stage) == sorted(ADDRESSES)
    assert len(world.turns.taken) == len(ADDRESSES)


def test_a_recipient_whom_ses_throttled_stands_in_line_like_all_others(read: Stage) -> None:
    stage, world = read, read.world
    world.playbook.of = replace(world.playbook.of, allowance=Allowance(rate=1, a_day=99), caps=())
    world.mailer.answers = [Throttled("rate")]
    send(stage)
    [held] = [row for row in world.ledger.rows.values() if row.why == "throttled"]
    busy(world, 200)
    again = replace(LETTER, lead=held.lead)

    world.clock.at += timedelta(minutes=1)
    world.broadcasting()(again, lambda: 900.0)

    waits = world.ledger.rows[held.lead, held.id]
    assert (waits.state, waits.why) == (MessageState.DEFERRED, DAY_FULL)
    assert waits.until
    assert waits.until > world.clock.at + timedelta(hours=20)


def test_who_comes_before_its_turn_goes_no_sooner() -> None:
    world, (command, *_) = sharing(Allowance(rate=1))
    busy(world, 20)
    with suppress(NotYet):
        world.messaging()(command)
    world.clock.advance(seconds=1)

    with pytest.raises(NotYet) as later:
        world.messaging()(command)

    assert later.value.until >= MONDAY + 25 * SECOND


def test_who_was_put_off_by_anything_else_has_no_turn_yet() -> None:
    world, (command, *_) = sharing(Allowance(rate=1))
    held = replace(world.gates.get(command.lead), held_until=MONDAY + timedelta(hours=1))
    world.gates.rows[command.lead] = held
    with suppress(NotYet):
        world.messaging()(command)
    world.clock.advance(hours=1)

    world.messaging()(command)

    assert len(world.turns.taken) == 1
    assert record(world, "case-study").sent_at == world.clock.at


def test_a_claim_is_dated_with_the_turn_that_was_slept_for() -> None:
    world, (command, *_) = sharing(Allowance(rate=1))
    busy(world, 2)

    world.messaging()(command)

    stored = world.enrolments.get(command.lead, command.enrolment)
    assert stored
    assert [each.at for each in stored.claims.values()] == [MONDAY + 2.5 * SECOND]


@pytest.mark.parametrize(
    ("days", "kind", "state"),
    [
        (20, MailKind.VALUE, MessageState.SENT),
        (40, MailKind.VALUE, MessageState.DEFERRED),
        (40, MailKind.REQUESTED, MessageState.SENT),
    ],
)
def test_of_a_new_sender_who_was_there_this_month_stands_back_no_more_nor_who_asked(
    days: int, kind: MailKind, state: MessageState
) -> None:
    ramp = WarmUp(since="2026-11-16", first=100, grows=50, days=30)
    world, (command, *_) = sharing(Allowance(rate=10, warm_up=ramp))
    mails, lead = world.playbook.mails, world.profiles.rows[command.lead]
    mails["case-study"] = replace(mails["case-study"], kind=kind)
    seen = replace(lead, last_seen=MONDAY - timedelta(days=days))
    world.profiles.rows[command.lead] = seen

    with suppress(NotYet):
        world.messaging()(command)

    assert record(world, "case-study").state is state
