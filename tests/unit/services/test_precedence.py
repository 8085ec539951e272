"""When two mails of one lead compete for one slot, the more important journey's goes."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from coldframe.domain.enrolment import Claim
from coldframe.domain.errors import NotYet, StaleLead
from coldframe.domain.journey import Window
from coldframe.domain.limits import CapRule
from coldframe.domain.local_time import DAY
from coldframe.domain.message import Message
from coldframe.services.broadcasting import SendBroadcast
from coldframe.services.steps import StepCommand
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import sends
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA
from tests.unit.services.test_caps import crowded

HOUR = 60 * 60


def ranked(*priorities: int, when_capped: str = "wait") -> tuple[World, list[StepCommand]]:
    """Ada's journeys, one mail a day for all of them."""
    world, commands = crowded()
    highest = max(priorities)
    for command, priority in zip(commands, priorities, strict=False):
        journey = world.playbook.journeys[command.journey]
        world.playbook.journeys[command.journey] = replace(
            journey, priority=priority, outranked=priority < highest, when_capped=when_capped
        )
    kept = {command.enrolment for command in commands[: len(priorities)]}
    for key, row in list(world.enrolments.rows.items()):
        if row.id.startswith("in-") and row.id not in kept:
            del world.enrolments.rows[key]
    return world, commands[: len(priorities)]


def ask(world: World, command: StepCommand) -> None:
    with suppress(NotYet, StaleLead):
        world.messaging()(command)


def record(world: World, mail: str) -> Message:
    [row] = [row for row in world.ledger.rows.values() if row.mail == mail]
    return row


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_they_ask_the_most_important_goes_first_and_each_day_the_next(
    order: tuple[int, ...],
) -> None:
    world, commands = ranked(1, 9, 5)

    for _ in range(3):
        for number in order:
            ask(world, commands[number])
        world.clock.advance(days=1)

    assert world.mailer.mails()[1:] == ["invitation", "reminder", "case-study"]


def test_who_gives_way_says_to_whom_and_until_when() -> None:
    world, (low, _high) = ranked(1, 9)

    with pytest.raises(NotYet) as later:
        world.messaging()(low)

    held = record(world, "case-study")
    assert (held.why, held.detail) == ("gives_way", "invitation")
    assert MONDAY < later.value.until < MONDAY + DAY


def test_a_mail_behind_a_wait_that_ends_today_is_given_way_to() -> None:
    world, (low, high) = ranked(1, 9)
    behind_a_wait(world, high, hours=3)

    ask(world, low)
    assert record(world, "case-study").why == "gives_way"

    behind_a_wait(world, high, hours=3 * 24)
    ask(world, low)
    assert record(world, "case-study").state == "sent"


def behind_a_wait(world: World, high: StepCommand, *, hours: int) -> None:
    """The invitation's journey begins with a letter, which went now, and a wait."""
    journey = world.playbook.journeys["invitation"]
    hello = sends("letter", wait=hours * HOUR, then="invitation")
    steps = {**journey.steps, "hello": replace(hello, id="hello", claim="letter")}
    world.playbook.journeys["invitation"] = replace(journey, first="hello", steps=steps)
    key = lead_of(ADA), high.enrolment
    claims = {"letter": Claim(mail="letter", message="m", at=MONDAY)}
    world.enrolments.rows[key] = replace(
        world.enrolments.rows[key], step="hello", since=MONDAY - 3 * DAY, claims=claims
    )


def test_nobody_gives_way_while_there_is_room_for_both() -> None:
    world, (low, high) = ranked(1, 9)
    world.playbook.of = replace(world.playbook.of, caps=(CapRule(mails=2, days=1),))

    for command in (low, high):
        ask(world, command)

    assert world.mailer.mails()[1:] == ["case-study", "invitation"]


def test_nobody_gives_way_for_longer_than_a_week() -> None:
    world, (low, _high) = ranked(1, 9)
    ask(world, low)
    world.clock.advance(days=7, hours=1)

    ask(world, low)

    assert record(world, "case-study").state == "sent"


def test_a_journey_may_drop_what_finds_no_room_and_go_on() -> None:
    world, (low, _high) = ranked(1, 9, when_capped="drop")

    outcome = world.messaging()(low)

    dropped = record(world, "case-study")
    assert (dropped.state, dropped.why) == ("refused", "gives_way")
    assert outcome.resume_at == MONDAY + timedelta(seconds=60)


def test_a_capped_mail_may_be_dropped_too() -> None:
    world, (low, high) = ranked(9, 9, when_capped="drop")
    ask(world, low)

    world.messaging()(high)

    dropped = record(world, "invitation")
    assert (dropped.state, dropped.why, dropped.detail) == ("refused", "capped", "1 mail a day")


@pytest.mark.parametrize("when_capped", ["wait", "drop"])
def test_nobody_gives_way_to_a_mail_that_was_refused(when_capped: str) -> None:
    world, (low, high) = ranked(1, 9, when_capped=when_capped)
    mail = world.playbook.mails["invitation"]
    world.playbook.mails["invitation"] = replace(mail, valid_until="2026-01-01T00:00:00+00:00")
    ask(world, high)
    assert record(world, "invitation").state == "refused"

    ask(world, low)

    assert record(world, "case-study").state == "sent"


def windowed(world: World, days: tuple[int, ...]) -> None:
    """The more important journey mails on these weekdays alone."""
    journey = world.playbook.journeys["invitation"]
    window = Window(start=9 * 60, end=17 * 60, weekdays=days)
    world.playbook.journeys["invitation"] = replace(journey, send_window=window)


def test_nobody_gives_way_to_a_mail_that_waits_for_a_window_of_another_day() -> None:
    world, (low, high) = ranked(1, 9)
    windowed(world, (3,))
    ask(world, high)

    for _ in range(3):
        ask(world, low)
        world.clock.advance(days=1)

    assert record(world, "case-study").sent_at == MONDAY


def test_but_to_one_whose_window_opens_later_today() -> None:
    world, (low, high) = ranked(1, 9)
    windowed(world, (0,))
    world.clock.at = MONDAY - timedelta(hours=3)

    ask(world, low)
    assert record(world, "case-study").why == "gives_way"

    world.clock.at = MONDAY
    for command in (low, high):
        ask(world, command)
    assert record(world, "invitation").state == "sent"


def test_nobody_gives_way_to_what_the_lead_never_agreed_to() -> None:
    world, (low, _high) = ranked(1, 9)
    mail = world.playbook.mails["invitation"]
    world.playbook.mails["invitation"] = replace(mail, topic="another")

    ask(world, low)

    assert record(world, "case-study").state == "sent"


def test_nobody_gives_way_to_a_journey_that_was_stopped() -> None:
    world, (low, _high) = ranked(1, 9)
    journey = world.playbook.journeys["invitation"]
    world.playbook.journeys["invitation"] = replace(journey, status="stopped")

    ask(world, low)

    assert record(world, "case-study").state == "sent"


NOON = SendBroadcast(broadcast="letter", scheduled_at=MONDAY + timedelta(hours=2))


def lettered(world: World, priority: int, *, below: int, **told: Any) -> None:
    """The letter goes every day at noon, an hour or two from now."""
    letter = replace(
        world.playbook.broadcasts["letter"],
        priority=priority,
        schedule="cron(0 13 * * ? *)",
        outranked=below > priority,
        **told,
    )
    world.playbook.broadcasts = {**world.playbook.broadcasts, "letter": letter}
    journey = world.playbook.journeys["case-study"]
    above = ("letter",) if priority > below else ()
    world.playbook.journeys["case-study"] = replace(
        journey, priority=below, below=above, outranked=bool(above)
    )


def broadcast(world: World) -> None:
    world.clock.at = max(world.clock.at, NOON.scheduled_at)
    world.broadcasting()(NOON, lambda: 900.0)


def test_a_journey_gives_way_to_a_more_important_broadcast_of_the_day() -> None:
    world, (low,) = ranked(1)
    lettered(world, 9, below=1)

    ask(world, low)
    held = record(world, "case-study")
    assert (held.why, held.detail) == ("gives_way", "letter")

    broadcast(world)
    assert record(world, "letter").state == "sent"
    ask(world, low)
    assert record(world, "case-study").why == "capped"
    world.clock.advance(days=1, hours=-3)
    lettered(world, 0, below=1)
    ask(world, low)
    assert record(world, "case-study").state == "sent"


def test_a_broadcast_gives_way_to_a_more_important_journey_and_comes_the_next_day() -> None:
    world, (high,) = ranked(9)
    lettered(world, 1, below=9)

    broadcast(world)
    held = record(world, "letter")
    assert (held.why, held.detail) == ("gives_way", "case-study")
    ask(world, high)
    world.clock.at = held.until or MONDAY
    later = replace(NOON, lead=lead_of(ADA))
    world.broadcasting()(later, lambda: 900.0)

    assert record(world, "case-study").state == "sent"
    assert record(world, "letter").state == "sent"
    assert (held.until or MONDAY) > MONDAY + timedelta(hours=12)


def test_a_broadcast_may_be_left_out_where_there_is_no_room() -> None:
    world, (high,) = ranked(9)
    lettered(world, 1, below=9, when_capped="drop")

    broadcast(world)
    ask(world, high)

    assert (record(world, "letter").state, record(world, "letter").why) == ("refused", "gives_way")
    assert record(world, "case-study").state == "sent"
    assert world.occurrences.deferred == {}


@pytest.mark.parametrize("priority", [5, 1])
def test_equals_do_not_give_way_nor_does_the_greater(priority: int) -> None:
    world, (low,) = ranked(5)
    lettered(world, priority, below=5)

    ask(world, low)

    assert record(world, "case-study").state == "sent"
