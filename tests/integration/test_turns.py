"""The line in the table: turns are taken in one conditional write, by however many ask at once."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from coldframe.adapters.aws import Clients
from coldframe.adapters.table import Table
from coldframe.adapters.turns import KEY, DynamoTurns
from coldframe.domain.allowance import DAY_FULL, IN_LINE, Allowance, Line, WarmUp, next_turn
from tests.fakes.clock import FrozenClock
from tests.integration.account import TABLE, Account

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(slots=True)
class Sender:
    """One container of a function."""

    table: Table
    allowance: Allowance | None
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(NOON))
    naps: list[float] = field(default_factory=list)
    _turns: DynamoTurns = field(init=False)

    def __post_init__(self) -> None:
        self._turns = DynamoTurns(self.table, lambda: self.allowance, self.clock, self.naps.append)

    def ask(self, *, requested: bool = False) -> datetime:
        turn = self._turns.take(requested=requested)
        assert turn is not None
        return turn.at


@pytest.fixture
def table(account: Account) -> Table:
    """Its calls pass the account's hooks."""
    assert account.items() == []
    return Table(Clients()("dynamodb"), TABLE)


@pytest.fixture
def calls(account: Account) -> list[str]:
    """What the table is asked."""
    heard: list[str] = []
    account.hooks["before-call"] = lambda call, **_: heard.append(call.partition(".")[2])
    return heard


@pytest.mark.parametrize(
    "allowance",
    [
        Allowance(rate=3),
        Allowance(rate=500, a_day=9),
        Allowance(rate=5, a_day=20, warm_up=WarmUp(since="2026-11-20", first=4, grows=50, days=3)),
    ],
)
@pytest.mark.parametrize("seed", range(2))
def test_the_table_s_line_is_the_domain_s_whoever_asks(
    allowance: Allowance, seed: int, table: Table
) -> None:
    """Containers that remember an older line come to the same turns."""
    chance, line = Random(seed), Line()  # noqa: S311 - draws a test's mails, guards nothing
    senders = [Sender(table, allowance) for _ in range(3)]
    now = NOON
    for _ in range(15):
        now += timedelta(milliseconds=chance.choice([0, 1, 400, 3_700_000]))
        requested, sender = chance.random() < 0.3, chance.choice(senders)
        sender.clock.at = now
        at = int(now.timestamp() * 1000)
        expected, line = next_turn(allowance, line, at, requested=requested)

        assert int(sender.ask(requested=requested).timestamp() * 1000) == expected


def test_many_who_know_nothing_of_each_other_get_a_turn_each(table: Table) -> None:
    allowance = Allowance(rate=4, a_day=1000)
    senders = [Sender(table, allowance) for _ in range(4)]
    for sender in senders:
        sender.ask()

    taken = [sender.ask() for sender in senders]

    assert taken == [NOON + timedelta(milliseconds=313) * number for number in range(4, 8)]


def test_where_no_rate_is_named_nothing_is_asked(table: Table, calls: list[str]) -> None:
    sender = Sender(table, None)

    assert sender._turns.take(requested=False) is None
    assert calls == []


@pytest.mark.parametrize("allowance", [Allowance(rate=2), Allowance(rate=2, a_day=1000)])
@pytest.mark.parametrize("pause", [0.0, 30.0])
def test_a_turn_costs_one_write(
    allowance: Allowance, pause: float, table: Table, calls: list[str]
) -> None:
    sender = Sender(table, allowance)
    sender.ask()
    calls.clear()

    for _ in range(10):
        sender.clock.advance(seconds=pause)
        sender.ask()

    assert calls == ["UpdateItem"] * 10


def test_who_finds_the_day_full_is_told_when_its_turn_is(table: Table) -> None:
    sender = Sender(table, Allowance(rate=500, a_day=1))
    sender.ask()

    turn = sender._turns.take(requested=False)

    assert turn is not None
    assert (turn.at, turn.why) == (NOON + timedelta(hours=25), DAY_FULL)


def test_other_rules_begin_a_new_line_and_forget_no_mail(table: Table) -> None:
    slow = Sender(table, Allowance(rate=1, a_day=2))
    for _ in range(9):
        slow.ask()

    turns = [Sender(table, Allowance(rate=100, a_day=40)).ask() for _ in range(2)]

    assert turns[0] < NOON + timedelta(hours=1)
    assert turns[1] > turns[0]
    item = table.get(KEY)
    assert item is not None
    assert item["why"] == IN_LINE


def test_who_rests_rests_until_its_turn(table: Table) -> None:
    sender = Sender(table, Allowance(rate=1))

    sender._turns.rest_until(NOON + timedelta(seconds=2))

    assert sender.naps == [2.0]
