"""One passage for each order: what names an order is about its passage, anything else about all."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from coldframe.domain.decision import DecisionKind
from coldframe.domain.enrolment import Enrolment
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services.orders import ORDERS, ordering
from tests.unit.services.stories import ADA

DAY = timedelta(days=1)


@pytest.fixture
def stage() -> Stage:
    return began()


def began() -> Stage:
    """Ada is known; she has ordered nothing yet."""
    stage = Stage(World())
    ordering(stage.world.playbook)
    stage.post(ADA)
    stage.settle()
    return stage


def tells(stage: Stage, what: str, order: str | None = None) -> None:
    data: dict[str, Any] = {} if order is None else {"order_id": order}
    stage.happen(f"order.{what}", ADA, f"{what} {order} {stage.world.clock.now()}", **data)


def by_order(stage: Stage) -> dict[str, Enrolment]:
    rows = stage.world.enrolments.rows.values()
    return {row.key: row for row in rows if row.journey == "orders"}


def reasons(stage: Stage) -> dict[str, str]:
    return {key: row.reason for key, row in by_order(stage).items()}


def followed(stage: Stage) -> int:
    return sum(row.journey == "follow" for row in stage.world.enrolments.rows.values())


def test_an_event_that_names_an_order_ends_its_passage_alone(stage: Stage) -> None:
    for order in ("7", "8"):
        tells(stage, "placed", order)
    stage.advance(MONDAY + 2 * DAY)

    tells(stage, "paid", "7")
    stage.settle()

    assert reasons(stage) == {"7": "converted", "8": ""}
    assert followed(stage) == 1


@pytest.mark.parametrize("data", [{}, {"order_id": None}, {"order_id": ""}])
def test_an_event_that_names_no_order_ends_every_passage(
    stage: Stage, data: dict[str, Any]
) -> None:
    for order in ("7", "8"):
        tells(stage, "placed", order)
    stage.advance(MONDAY + 2 * DAY)

    stage.happen("order.paid", ADA, "all of it", **data)
    stage.settle()

    assert reasons(stage) == {"7": "converted", "8": "converted"}


def test_an_order_that_is_a_number_is_the_one_that_is_told_as_text(stage: Stage) -> None:
    stage.happen("order.placed", ADA, "one", order_id=7)
    stage.advance(MONDAY + DAY)

    tells(stage, "paid", "7")
    stage.settle()

    assert reasons(stage) == {"7": "converted"}


def test_an_event_about_an_order_that_nobody_placed_ends_nothing(stage: Stage) -> None:
    tells(stage, "placed", "7")
    stage.advance(MONDAY + DAY)

    tells(stage, "paid", "9")
    stage.settle()

    assert reasons(stage) == {"7": ""}


def test_a_payment_of_before_does_not_end_the_order_that_is_placed_again(stage: Stage) -> None:
    tells(stage, "placed", "7")
    stage.advance(MONDAY + DAY)
    tells(stage, "paid", "7")
    stage.advance(MONDAY + 2 * DAY)

    tells(stage, "placed", "7")
    stage.settle()

    rows = [row for row in stage.world.enrolments.rows.values() if row.journey == "orders"]
    assert sorted(row.reason for row in rows) == ["", "converted"]


def test_whatever_is_carried_out_first_the_paid_order_ends_and_the_other_goes_on() -> None:
    ends = []
    for order in permutations(range(3)):
        stage = began()
        tells(stage, "placed", "7")
        tells(stage, "placed", "8")
        stage.world.clock.advance(minutes=1)
        tells(stage, "paid", "7")
        told = stage.react()[-3:]
        assert {each.kind for each in told} == {DecisionKind.ENROL, DecisionKind.EXIT}
        for number in order:
            stage.world.carrying_out()(told[number])
        ends.append(
            (
                {key: (row.reason, row.ended_at) for key, row in by_order(stage).items()},
                [row.id for row in stage.world.touchpoints.rows.values() if row.depth],
            )
        )

    assert all(end == ends[0] for end in ends)
    assert {key: reason for key, (reason, _) in ends[0][0].items()} == {"7": "converted", "8": ""}
    assert len(ends[0][1]) == 1


def test_an_order_that_comes_after_its_payment_begins_nothing_whatever_else_was_paid() -> None:
    """More payments than a profile remembers lie between."""
    stage = began()
    tells(stage, "placed", "7")
    late = stage.world.stream.records.pop()
    stage.world.clock.advance(minutes=1)
    for order in ("7", *(str(number) for number in range(20, 40))):
        tells(stage, "paid", order)
    stage.settle()

    stage.world.stream.records.append(late)
    stage.settle()

    assert reasons(stage) == {"7": "converted"}
    assert "invitation" not in stage.world.mailer.mails()
    assert followed(stage) == 1


def test_an_order_that_comes_late_goes_on_though_others_were_paid_meanwhile(stage: Stage) -> None:
    tells(stage, "placed", "7")
    late = stage.world.stream.records.pop()
    stage.world.clock.advance(minutes=1)
    tells(stage, "paid", "8")
    stage.settle()

    stage.world.stream.records.append(late)
    stage.settle()

    assert reasons(stage) == {"7": ""}
    assert stage.world.mailer.mails() == ["invitation"]


def test_what_follows_a_payment_that_came_first_is_asked_for_though_a_try_died_there() -> None:
    calm = began()
    tells(calm, "placed", "7")
    calm.world.clock.advance(minutes=1)
    tells(calm, "paid", "7")
    enrol, _ = calm.react()[-2:]
    before = len(calm.world.writes.log)
    calm.world.carrying_out()(enrol)
    points = range(2 * before, calm.world.writes.points)

    for point in points:
        crashed = began()
        tells(crashed, "placed", "7")
        crashed.world.clock.advance(minutes=1)
        tells(crashed, "paid", "7")
        enrol, _ = crashed.react()[-2:]
        crashed.world.writes.crash_at = point
        crashed.survive(lambda: crashed.world.carrying_out()(enrol))  # noqa: B023 - called at once
        assert reasons(crashed) == {"7": "converted"}
        assert crashed.world.touchpoints.rows.keys() == calm.world.touchpoints.rows.keys()


def test_an_event_answers_the_wait_of_the_order_that_it_names(stage: Stage) -> None:
    for order in ("7", "8"):
        tells(stage, "placed", order)
    stage.advance(MONDAY + 2 * DAY)

    tells(stage, "shipped", "8")
    stage.settle()

    assert {key: row.step for key, row in by_order(stage).items()} == {
        "7": "reminder",
        "8": "thanks",
    }


def test_a_wait_that_begins_late_looks_for_events_about_its_own_order(stage: Stage) -> None:
    """Both were shipped before the reminder went: an event counts since the enrolment."""
    wait = ORDERS.steps["reminder"].wait_for
    assert wait is not None
    early = replace(ORDERS.steps["reminder"], pause=replace(wait, since="enrolment"))
    steps = {**ORDERS.steps, "reminder": early}
    stage.world.playbook.journeys["orders"] = replace(ORDERS, steps=steps)
    for order in ("7", "8"):
        tells(stage, "placed", order)
    tells(stage, "shipped", "8")

    stage.advance(MONDAY + 2 * DAY)

    assert {key: row.step for key, row in by_order(stage).items()} == {
        "7": "reminder",
        "8": "thanks",
    }


def test_unsubscribing_ends_the_passages_of_all_orders(stage: Stage) -> None:
    for order in ("7", "8"):
        tells(stage, "placed", order)
    stage.advance(MONDAY + 2 * DAY)

    stage.unsubscribe(stage.world.mailer.sent[-1])
    stage.settle()

    assert reasons(stage) == {"7": "suppressed", "8": "suppressed"}
