"""A long journey through the real handlers: ways that part, a service called, a far date."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.callee import Crm
from tests.integration.account import Account
from tests.integration.loading import Functions
from tests.integration.world import START, World

COUPLE = {
    "email": "ada@example.com",
    "first_name": "Ada",
    "guests": "150",
    "filling": "pistachio",
    "wedding_day": "2027-05-29",
    "letters": "yes",
}


@pytest.fixture
def crm(monkeypatch: pytest.MonkeyPatch) -> Iterator[Crm]:
    with Crm() as server, server.serving():
        monkeypatch.setenv("COLDFRAME_STAND_IN", server.address)
        yield server


@pytest.fixture
def world(crm: Crm, world: World, account: Account) -> World:
    """With functions that were loaded when the order book was there."""
    assert crm.address
    assert account.machines
    world.functions = Functions()
    return world


def enrolment(world: World) -> dict[str, Any]:
    [item] = [item for item in world.account.items() if item["sk"]["S"].startswith("E#")]
    return item


def test_the_order_book_is_called_and_the_big_day_is_a_task(world: World, crm: Crm) -> None:
    world.post(COUPLE, form="wedding-cake")
    world.pass_time(START + timedelta(hours=1))

    assert [path for path, _, _ in crm.heard]
    assert "_task" in world.sent()
    arms = {name: held["S"] for name, held in enrolment(world).items() if name.startswith("arm:")}
    assert set(arms.values()) == {"big-day"}


def test_a_wedding_in_spring_is_waited_for_without_a_run(world: World) -> None:
    world.post(COUPLE, form="wedding-cake")
    world.pass_time(START + timedelta(days=20))

    parked = enrolment(world)
    assert parked["parked_until"]["S"].startswith("2027-03-30T0")
    assert all(run.done for run in world.runs.values())


def test_when_its_day_is_near_the_journey_goes_on_where_it_stood(world: World) -> None:
    world.post(COUPLE, form="wedding-cake")
    world.pass_time(START + timedelta(days=10))

    world.pass_time(START + timedelta(days=131))

    held = enrolment(world)
    assert sorted(world.runs) == [f"{held['sk']['S'][2:]}-{number}" for number in (1, 2)]
    assert world.sent()["wedding-tasting"] == 1
    assert held["waiting"]["M"]["token"]["S"] == ""  # six weeks are too long for a run, too


def plans(world: World) -> None:
    """Everything up to the wait for the day: mails, a call, ways, points, a task, a split."""
    world.post(COUPLE, form="wedding-cake")
    world.pass_time(START + timedelta(days=12))


def telling(writes: list[str]) -> list[int]:
    """The first and the last of each kind, by number; over fakes every single one is tried."""
    first = {call: number for number, call in reversed(list(enumerate(writes, start=1)))}
    last = {call: number for number, call in enumerate(writes, start=1)}
    return sorted({*first.values(), *last.values()})


def test_a_crash_after_a_write_of_each_kind_changes_nothing_in_the_end(
    crm: Crm, afresh: Callable[..., World]
) -> None:
    undisturbed = afresh()
    plans(undisturbed)
    expected, mails, writes = undisturbed.state(), undisturbed.sent(), list(undisturbed.calls)
    heard = {headers["webhook-id"] for _, headers, _ in crm.heard}

    for number in telling(writes):
        crashed = afresh(crash_after=number)
        plans(crashed)
        where = f"crashed after write {number}, {writes[number - 1]}"

        assert max(crashed.sent().values()) == 1, where
        assert {headers["webhook-id"] for _, headers, _ in crm.heard} == heard, where
        if any("SendEmail" in each for each in writes[number : number + 1]):
            continue  # nobody can know that SES was not called: the mail's own rule decides
        assert crashed.sent() == mails, where
        assert steady(crashed.state()) == steady(expected), where


def steady(state: dict[str, Any]) -> dict[str, Any]:
    """How often the clock was looked at tells nothing of the lead."""
    kinds = {kind: count for kind, count in state["kinds"].items() if "tick" not in kind}
    return {**state, "kinds": kinds}
