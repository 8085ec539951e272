"""The client's pause: heard within half a minute by who sends; by a person's word or an alarm."""

from datetime import timedelta

import pytest

from coldframe.adapters.client_pause import KEPT_FOR, ClientPauses
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.table import Table
from tests.fakes.clock import MONDAY, FrozenClock
from tests.integration.account import TABLE, Account
from tests.integration.loading import Context, load

ALARM = {
    "source": "aws.cloudwatch",
    "alarmData": {
        "alarmName": "any",
        "state": {"value": "ALARM"},
        "configuration": {
            "metrics": [
                {"metricStat": {"metric": {"name": "Reputation.BounceRate"}, "stat": "Maximum"}}
            ]
        },
    },
}


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def pauses(account: Account, clock: FrozenClock) -> ClientPauses:
    return ClientPauses(Table(account.aws("dynamodb"), TABLE), clock)


def test_nothing_is_paused_at_first(pauses: ClientPauses) -> None:
    assert pauses() is None
    assert not pauses.resume()


def test_who_sends_hears_of_it_within_half_a_minute(
    account: Account, pauses: ClientPauses, clock: FrozenClock
) -> None:
    sender = DynamoGates(
        Table(account.aws("dynamodb"), TABLE),
        ClientPauses(Table(account.aws("dynamodb"), TABLE), clock),
    )
    assert sender.get("ada").client_pause is None

    assert pauses.pause("by hand")
    clock.at += KEPT_FOR

    paused = sender.get("ada").client_pause
    assert paused is not None
    assert (paused.since, paused.why, paused.resumed_at) == (MONDAY, "by hand", None)


def test_paused_twice_keeps_the_first_moment_and_reason(
    pauses: ClientPauses, clock: FrozenClock
) -> None:
    pauses.pause("by hand")
    clock.at += timedelta(hours=1)

    assert not pauses.pause("again")

    known = pauses.read()
    assert known is not None
    assert (known.since, known.why) == (MONDAY, "by hand")


def test_resumed_it_is_remembered_and_may_be_paused_anew(
    pauses: ClientPauses, clock: FrozenClock
) -> None:
    pauses.pause("by hand")
    clock.at += timedelta(hours=1)
    assert pauses.resume()
    known = pauses.read()
    assert known is not None
    assert known.resumed_at == MONDAY + timedelta(hours=1)

    clock.at += timedelta(hours=1)

    assert pauses.pause("once more")
    known = pauses.read()
    assert known is not None
    assert known.resumed_at is None


def test_an_alarm_pauses_with_its_rate_for_a_reason(account: Account, pauses: ClientPauses) -> None:
    load("pause_sending").handler(ALARM, Context())

    known = pauses.read()
    assert known is not None
    assert known.why == "BounceRate"
    assert account.items()[0]["pk"] == {"S": "CLIENT"}
