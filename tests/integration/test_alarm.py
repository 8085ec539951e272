"""The sweep's alarm stands at the earliest instant that anyone asked for, whoever came first."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from coldframe.adapters.alarm import ScheduledSweep
from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.due import DynamoDueIndex
from coldframe.adapters.table import Table, shard_of
from tests.integration.account import GROUP, TABLE, Account

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
Later = Callable[[float], datetime]


class Died(BaseException):
    """The function is gone."""


@pytest.fixture
def aws(account: Account) -> Clients:
    """Whose calls pass the account's hooks."""
    assert not account.hooks
    return Clients()


@pytest.fixture
def table(aws: Clients) -> Table:
    return Table(aws("dynamodb"), TABLE)


@pytest.fixture
def alarm(aws: Clients, table: Table, monkeypatch: pytest.MonkeyPatch) -> ScheduledSweep:
    monkeypatch.setattr(SystemClock, "now", lambda _: NOW)
    return ScheduledSweep(table, aws("scheduler"), GROUP, SystemClock())


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def due(table: Table, at: datetime, lead: str = "l1") -> None:
    key = f"L#{lead}", "O#m1"
    table.write(table.put(key, {"due_shard": shard_of(key[0], "due"), "due_at": at}))


@pytest.mark.parametrize("order", list(permutations([20.0, 90.0, 300.0])))
def test_whatever_the_order_the_earliest_holds(
    order: tuple[float, ...], alarm: ScheduledSweep, account: Account
) -> None:
    for seconds in order:
        alarm.arm(later(seconds))

    assert account.sweep_at() == "2026-11-20T09:30:20"


def test_an_instant_is_rounded_up_so_that_what_is_due_is_due(
    alarm: ScheduledSweep, account: Account
) -> None:
    alarm.arm(later(20.25))

    assert account.sweep_at() == "2026-11-20T09:30:21"


def test_one_that_has_passed_is_swept_at_once(alarm: ScheduledSweep, account: Account) -> None:
    alarm.arm(later(-3600))

    assert account.sweep_at() == "2026-11-20T09:30:01"


def test_armed_again_after_a_crash_before_the_schedule_moved_it_moves(
    alarm: ScheduledSweep, account: Account
) -> None:
    def dies(*, call: str, **_: object) -> None:
        if "scheduler" in call:
            raise Died

    account.hooks["before-call"] = dies
    with pytest.raises(Died):
        alarm.arm(later(20))
    account.hooks.clear()

    alarm.arm(later(20))

    assert account.sweep_at() == "2026-11-20T09:30:20"


def test_who_is_overtaken_between_its_two_writes_follows_the_earlier(
    alarm: ScheduledSweep, account: Account
) -> None:
    overtaken: list[bool] = []

    def overtakes(*, call: str, **_: object) -> None:
        if call.endswith("GetSchedule") and not overtaken:
            overtaken.append(True)
            alarm.arm(later(20))

    account.hooks["before-call"] = overtakes

    alarm.arm(later(300))

    assert overtaken
    assert account.sweep_at() == "2026-11-20T09:30:20"


def test_an_alarm_that_has_passed_covers_nothing_that_lies_ahead(
    alarm: ScheduledSweep, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarm.arm(later(20))
    monkeypatch.setattr(SystemClock, "now", lambda _: later(3600))

    alarm.arm(later(3630))

    assert account.sweep_at() == "2026-11-20T10:30:30"


def test_after_a_sweep_it_stands_at_what_is_due_next(
    alarm: ScheduledSweep, account: Account, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarm.arm(later(20))
    due(table, later(600))
    due(table, later(900), lead="l2")
    monkeypatch.setattr(SystemClock, "now", lambda _: later(21))

    alarm.rearm(DynamoDueIndex(table).earliest(but=()))

    assert account.sweep_at() == "2026-11-20T09:40:00"


def test_what_was_ticked_is_passed_over_but_not_when_it_is_due_anew(
    alarm: ScheduledSweep, account: Account, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    due(table, later(5))
    due(table, later(7), lead="l2")
    due(table, later(600), lead="l3")
    ticked = {("l1", "O#m1", later(5)), ("l2", "O#m1", later(7))}
    monkeypatch.setattr(SystemClock, "now", lambda _: later(21))
    index = DynamoDueIndex(table)

    alarm.rearm(index.earliest(but=ticked))
    first = account.sweep_at()
    due(table, later(300), lead="l2")
    alarm.rearm(index.earliest(but=ticked))

    assert (first, account.sweep_at()) == ("2026-11-20T09:40:00", "2026-11-20T09:35:00")


def test_after_a_sweep_with_nothing_due_the_next_one_who_arms_it_is_heard(
    alarm: ScheduledSweep, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarm.arm(later(20))
    monkeypatch.setattr(SystemClock, "now", lambda _: later(21))
    alarm.rearm(None)

    alarm.arm(later(400))

    assert account.sweep_at() == "2026-11-20T09:36:40"


def test_a_sweep_does_not_move_back_what_was_armed_while_it_ran(
    alarm: ScheduledSweep, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The due index may not show it yet."""
    alarm.arm(later(20))
    monkeypatch.setattr(SystemClock, "now", lambda _: later(21))
    alarm.arm(later(41))

    alarm.rearm(None)

    assert account.sweep_at() == "2026-11-20T09:30:41"


def test_everything_else_of_the_schedule_stays(alarm: ScheduledSweep, account: Account) -> None:
    before = account.aws("scheduler").get_schedule(Name="sweep", GroupName=GROUP)

    alarm.arm(later(20))

    after = account.aws("scheduler").get_schedule(Name="sweep", GroupName=GROUP)
    assert after["Target"] == before["Target"]
    assert after["FlexibleTimeWindow"] == before["FlexibleTimeWindow"]
    assert after["ScheduleExpressionTimezone"] == "UTC"


def test_who_arms_just_before_it_rings_is_swept_though_the_index_did_not_show_it_yet(
    alarm: ScheduledSweep, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarm.arm(later(20))
    monkeypatch.setattr(SystemClock, "now", lambda _: later(15))
    for seconds in (900, 600, 700):
        alarm.arm(later(seconds))
    monkeypatch.setattr(SystemClock, "now", lambda _: later(21))

    alarm.rearm(None)
    first = account.sweep_at()
    monkeypatch.setattr(SystemClock, "now", lambda _: later(601))
    alarm.rearm(later(7200))

    assert (first, account.sweep_at()) == ("2026-11-20T09:40:00", "2026-11-20T11:30:00")


def test_what_was_left_behind_an_alarm_stays_while_that_stands_ahead(
    alarm: ScheduledSweep, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarm.arm(later(20))
    monkeypatch.setattr(SystemClock, "now", lambda _: later(15))
    alarm.arm(later(600))

    alarm.rearm(None)
    early = account.sweep_at()
    monkeypatch.setattr(SystemClock, "now", lambda _: later(21))
    alarm.rearm(later(7200))

    assert (early, account.sweep_at()) == ("2026-11-20T09:30:20", "2026-11-20T09:40:00")


def test_what_was_left_behind_meanwhile_is_seen_by_a_sweep_that_moves_the_alarm(
    alarm: ScheduledSweep, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between what the sweep reads and what it writes."""
    alarm.arm(later(20))
    monkeypatch.setattr(SystemClock, "now", lambda _: later(15))
    alarm.arm(later(900))
    come: list[bool] = []

    def comes(*, call: str, **_: object) -> None:
        if call.endswith("UpdateItem") and not come:
            come.append(True)
            monkeypatch.setattr(SystemClock, "now", lambda _: later(19))
            alarm.arm(later(600))
            monkeypatch.setattr(SystemClock, "now", lambda _: later(21))

    monkeypatch.setattr(SystemClock, "now", lambda _: later(21))
    account.hooks["before-call"] = comes

    alarm.rearm(None)

    assert come
    assert account.sweep_at() == "2026-11-20T09:40:00"
