"""May a lead come in again? Never, after a time, always; by key; told by instants."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, enrolment_id
from coldframe.domain.journey import ReEntry
from coldframe.domain.re_entry import Coming, once, passage
from tests.fakes.clock import MONDAY

DAY = timedelta(days=1)
ALWAYS = ReEntry(mode="always")
AFTER_A_MONTH = ReEntry(mode="after", after=30 * 24 * 3600)
AT_ONCE = ReEntry(mode="always", concurrent=True)


def coming(cause: str, *, days: float = 0, key: str = "") -> Coming:
    at = MONDAY + days * DAY
    return Coming(lead="ada", journey="reorder", cause=cause, at=at, key=key)


def been(came: Coming, *, until: datetime | None = None, policy: ReEntry = ALWAYS) -> Enrolment:
    name = passage(came, replace(policy, mode="always"), ())
    assert name is not None
    return Enrolment(
        lead=came.lead,
        id=name,
        journey=came.journey,
        status=EnrolmentStatus.CLOSED if until else EnrolmentStatus.OPEN,
        step="first",
        since=came.at,
        generation=1,
        started_at=came.at,
        requested_at=came.at,
        ended_at=until,
        cause=came.cause,
        key=came.key,
    )


FIRST = been(coming("order-1"), until=MONDAY + 10 * DAY)
STILL_IN = been(coming("order-1"))


def test_the_first_passage_is_the_one_that_a_journey_entered_once_has() -> None:
    assert passage(coming("order-1"), ALWAYS, ()) == enrolment_id("ada", "reorder")
    assert once(ReEntry())
    assert not once(ALWAYS)


@pytest.mark.parametrize("policy", [ReEntry(), ALWAYS, AFTER_A_MONTH, AT_ONCE])
def test_the_same_cause_is_the_same_passage(policy: ReEntry) -> None:
    assert passage(coming("order-1"), policy, [FIRST]) == FIRST.id


@pytest.mark.parametrize(
    ("policy", "days", "enters"),
    [
        (ReEntry(key="order"), 100, False),
        (ALWAYS, 11, True),
        (AFTER_A_MONTH, 39, False),
        (AFTER_A_MONTH, 40, True),
    ],
)
def test_who_has_been_in_it_comes_again_as_the_journey_allows(
    policy: ReEntry,
    days: int,
    enters: bool,  # noqa: FBT001 - an example's value
) -> None:
    found = passage(coming("order-2", days=days), policy, [FIRST])

    assert (found is not None) is enters
    assert found != FIRST.id


def test_nobody_comes_in_who_is_still_in_it_unless_several_may_be() -> None:
    assert passage(coming("order-2", days=1), ALWAYS, [STILL_IN]) is None
    second = passage(coming("order-2", days=1), AT_ONCE, [STILL_IN])

    assert second not in (None, STILL_IN.id)


def test_who_was_in_it_then_does_not_come_in_by_a_word_that_comes_late() -> None:
    assert passage(coming("order-2", days=5), ALWAYS, [FIRST]) is None


def test_each_key_has_its_own_passage() -> None:
    held = [been(coming("order-1", key="7"))]

    assert passage(coming("order-2", days=1, key="7"), ALWAYS, held) is None
    assert passage(coming("order-3", days=1, key="8"), ALWAYS, held) not in (None, held[0].id)


def test_one_key_has_one_passage_at_a_time_however_many_other_keys_have_theirs() -> None:
    held = [been(coming("order-1", key="7"))]
    by_order = replace(AT_ONCE, key="order")

    assert passage(coming("order-2", days=1, key="7"), by_order, held) is None
    assert passage(coming("order-3", days=1, key="8"), by_order, held) not in (None, held[0].id)


def test_passages_are_numbered_and_none_is_used_twice() -> None:
    held: list[Enrolment] = []
    for number in range(4):
        came = coming(f"order-{number}", days=number)
        name = passage(came, AT_ONCE, held)
        assert name is not None
        held.append(replace(been(came), id=name))

    assert len({each.id for each in held}) == 4


def test_another_journeys_passages_do_not_count() -> None:
    elsewhere = replace(STILL_IN, journey="welcome")

    assert passage(coming("order-2"), ALWAYS, [elsewhere]) is not None
