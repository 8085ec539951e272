"""A function may die after any of its writes; who called it calls again, and nothing differs."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from tests.integration.world import START, World

Life = Callable[[World], None]
FACES = [
    {"email": "ada@example.com", "first_name": "Ada", "letters": "yes"},
    {"email": "grace@example.com", "first_name": "Grace", "letters": "yes"},
    {"email": "alan@example.com", "first_name": "Alan"},
]


def clicks(world: World) -> None:
    world.post()
    world.pass_time(START + timedelta(days=3))
    for story in world.mails_of("case-study"):
        world.follow(story)
    world.pass_time(START + timedelta(days=20))


def unsubscribes_while_it_waits(world: World) -> None:
    world.post()
    world.pass_time(START + timedelta(days=3))
    world.unsubscribe(world.mails[0] if len(world.mails) == 1 else world.mails[1])
    world.pass_time(START + timedelta(days=20))


def stays_silent(world: World) -> None:
    world.post()
    world.pass_time(START + timedelta(days=20))


SETTLED = {"sent", "unknown"}
LIVES = [clicks, unsubscribes_while_it_waits, stays_silent]


@pytest.mark.parametrize(
    ("life", "since"), [(clicks, "capture_lead"), (unsubscribes_while_it_waits, "unsubscribe")]
)
def test_a_crash_after_any_write_changes_nothing_in_the_end(
    life: Life, since: str, afresh: Callable[..., World]
) -> None:
    """``since``: the function with whose writes the life begins to be one that wasn't tried."""
    undisturbed = afresh()
    life(undisturbed)
    expected, mails = undisturbed.state(), undisturbed.sent()
    writes = list(undisturbed.calls)

    first = next(number for number, call in enumerate(writes, 1) if call.startswith(since))

    for number, call in enumerate(writes[first - 1 :], start=first):
        crashed = afresh(crash_after=number)
        life(crashed)
        where = f"crashed after write {number}, {call}"

        assert max(crashed.sent().values()) == 1, where
        if _just_before_ses(writes, number):
            assert {state for state, _ in _mail_states(crashed.state())} <= SETTLED, where
            assert _ends(crashed.state()) == _ends(expected), where
        else:
            assert crashed.sent() == mails, where
            assert _lasting(crashed.state()) == _lasting(expected), where


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_records_shuffled_and_repeated_lead_to_the_same_state(
    life: Life, seed: int, afresh: Callable[..., World]
) -> None:
    undisturbed = afresh()
    life(undisturbed)
    expected, mails = undisturbed.state(), undisturbed.sent()

    disturbed = afresh(order=Random(seed))  # noqa: S311 - shuffles, guards nothing
    life(disturbed)

    assert disturbed.state() == expected
    assert disturbed.sent() == mails


@pytest.mark.parametrize("seed", range(3))
def test_leads_whose_records_mix_do_not_touch_each_other(
    seed: int, afresh: Callable[..., World]
) -> None:
    def together(world: World) -> None:
        for face in FACES:
            world.post(face)
        world.pass_time(START + timedelta(days=20))

    undisturbed = afresh()
    together(undisturbed)
    expected, mails = undisturbed.state(), undisturbed.sent()

    disturbed = afresh(order=Random(seed))  # noqa: S311 - shuffles, guards nothing
    together(disturbed)

    assert disturbed.state() == expected
    assert disturbed.sent() == mails


def _lasting(state: dict[str, Any]) -> dict[str, Any]:
    """A browser that got no answer follows the link again: more evidence, the same verdict."""
    kinds = {kind: count for kind, count in state["kinds"].items() if "link.followed" not in kind}
    return {**state, "kinds": {kind: count for kind, count in kinds.items() if "tick" not in kind}}


def _just_before_ses(writes: list[str], number: int) -> bool:
    """Nobody can know that SES was not called: the mail's own rule says repeat or give up."""
    return any("SendEmail" in call for call in writes[number : number + 1])


def _mail_states(state: dict[str, Any]) -> list[tuple[str, str]]:
    return [told for name, told in state.items() if name.startswith("mail ")]


def _ends(state: dict[str, Any]) -> list[tuple[str, str]]:
    return [told[:2] for name, told in state.items() if "E#" in name]
