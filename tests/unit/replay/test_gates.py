"""A gate is told by touchpoints alone, at any instant."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.client_pause import Pause
from coldframe.domain.gate import Gate
from tests.fakes.clock import MONDAY
from tests.unit.replay.played import pasts, played
from tests.unit.replay.seeded import Life
from tests.unit.services.stories import opting_out
from workbench.replay.gates import gates_of

DAY = timedelta(days=1)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_done_to_a_gate_is_in_the_touchpoints(seed: int) -> None:
    world = Life("bakery", seed).lived(20)

    for past in pasts(world):
        found = gates_of(replace(past, gate=Gate(lead=past.lead)), world.playbook.of, None)
        now, then = found.at(past.at), world.gates.get(past.lead)
        assert now.preferences == then.preferences
        assert _to_the_second(now.held_until) == _to_the_second(then.held_until)
        for flag in ("unsubscribed_at", "complained_at", "bounced_at"):
            assert _to_the_second(getattr(now, flag)) == _to_the_second(getattr(then, flag))


def _to_the_second(at: datetime | None) -> datetime | None:
    """A touchpoint is as precise as it is stored."""
    return at and at.replace(microsecond=0)


def test_before_it_happened_it_had_not() -> None:
    world = played(opting_out)
    [past] = pasts(world)
    found = gates_of(past, world.playbook.of, None)

    assert found.at(MONDAY + DAY - timedelta(seconds=1)).unsubscribed_at is None
    assert found.at(MONDAY + DAY).unsubscribed_at == MONDAY + DAY


def test_a_clients_pause_is_known_as_it_was_then() -> None:
    world = played(opting_out)
    [past] = pasts(world)
    pause = Pause(since=MONDAY + DAY, why="by hand", resumed_at=MONDAY + 2 * DAY)
    found = gates_of(past, world.playbook.of, pause)

    assert found.at(MONDAY).client_pause is None
    assert found.at(MONDAY + DAY).client_pause == replace(pause, resumed_at=None)
    assert found.at(MONDAY + 2 * DAY).client_pause == pause
