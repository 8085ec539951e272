import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.fakes.town.town import START, FakeTown
from workbench.window.time_control import TimeControl


def until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 60
    while not true():
        if time.monotonic() > give_up:
            pytest.fail("it never came true")
        time.sleep(0.01)


def done(control: TimeControl) -> None:
    """Waits until time stands still."""
    until(lambda: not control.state().doing)


def test_a_step_moves_time_by_just_that_much(empty: FakeTown) -> None:
    control = TimeControl(empty)

    assert control.step("day")
    done(control)

    assert empty.now() == START + timedelta(days=1)
    control.close()


def test_a_second_move_is_refused_while_one_runs(empty: FakeTown) -> None:
    control = TimeControl(empty)

    with empty.held():
        first, second, third = control.step("day"), control.step("day"), control.play("day")

        assert (first, second, third) == (True, False, False)
        assert control.state().doing == "moving 1 day"
    done(control)
    assert empty.now() == START + timedelta(days=1)
    control.close()


def test_all_is_settled_before_anything_moves() -> None:
    class Nosy(FakeTown):
        def __init__(self) -> None:
            super().__init__()
            self.order: list[str] = []

        def settle(self) -> None:
            self.order.append("settle")

        def advance(self, by: timedelta) -> None:
            self.order.append(f"advance {by}")

    town = Nosy()
    control = TimeControl(town)

    control.step("hour")
    done(control)

    assert town.order == ["settle", "advance 1:00:00"]
    control.close()
    town.close()


def test_the_next_moment_is_walked_to_and_not_past(empty: FakeTown) -> None:
    empty.at(START + timedelta(hours=7), lambda: None)
    control = TimeControl(empty)

    assert control.step("next")
    done(control)

    assert empty.now() == START + timedelta(hours=7)
    assert not control.step("next")
    control.close()


def test_playing_goes_on_until_it_is_stopped(empty: FakeTown) -> None:
    control = TimeControl(empty)

    assert control.play("day")
    until(lambda: empty.now() >= START + timedelta(days=1))
    control.stop()
    done(control)

    stood = empty.now()
    time.sleep(0.7)
    assert empty.now() == stood
    control.close()


def test_a_move_that_fails_is_told_and_the_next_one_goes(empty: FakeTown) -> None:
    def fail() -> None:
        raise RuntimeError("the oven is cold")

    empty.at(START + timedelta(minutes=1), fail)
    control = TimeControl(empty)

    control.step("hour")
    done(control)

    assert control.state().problem == "RuntimeError: the oven is cold"
    assert control.step("hour")
    done(control)
    assert control.state().problem == ""
    control.close()
