"""What a step that sends asks for next is read along with its enrolment, and never told stale."""

from datetime import UTC, datetime
from time import monotonic

import pytest

from coldframe.adapters import foresight
from coldframe.adapters.aws import Clients
from coldframe.adapters.enrolments import DynamoEnrolments
from coldframe.adapters.foresight import ForeseeingTable
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.table import Table
from coldframe.domain.gate import Prohibition
from tests.contracts.examples import ADA, enrolment
from tests.integration.account import TABLE, Account

AT = datetime(2026, 11, 16, 10, tzinfo=UTC)


@pytest.fixture
def asked(account: Account) -> list[str]:
    """Operations, in order."""
    calls: list[str] = []
    account.hooks["before-call"] = lambda *, call, **_: calls.append(call.rpartition(".")[2])
    return calls


@pytest.fixture
def table(asked: list[str]) -> Table:
    table = Table(Clients()("dynamodb"), TABLE)
    DynamoEnrolments(table).begin(enrolment())
    DynamoGates(table).forbid(ADA, Prohibition.BOUNCED, AT)
    asked.clear()
    return table


def test_enrolment_and_gate_are_one_request(table: Table, asked: list[str]) -> None:
    foreseeing = ForeseeingTable(table.client, table.name)

    known = DynamoEnrolments(foreseeing).get(ADA, "e1")
    gate = DynamoGates(foreseeing).get(ADA)

    assert known == DynamoEnrolments(table).get(ADA, "e1")
    assert gate.bounced_at == AT
    assert asked == ["BatchGetItem", "GetItem"]


def test_who_asks_again_hears_what_stands_there_now(table: Table) -> None:
    foreseeing = ForeseeingTable(table.client, table.name)
    DynamoEnrolments(foreseeing).get(ADA, "e1")
    gates = DynamoGates(foreseeing)
    gates.get(ADA)

    DynamoGates(table).forbid(ADA, Prohibition.UNSUBSCRIBED, AT)

    assert gates.get(ADA).unsubscribed_at == AT


def test_what_was_read_a_while_ago_is_read_anew(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreseeing = ForeseeingTable(table.client, table.name)
    DynamoEnrolments(foreseeing).get(ADA, "e1")
    DynamoGates(table).forbid(ADA, Prohibition.UNSUBSCRIBED, AT)
    read_at = monotonic()

    monkeypatch.setattr(foresight, "monotonic", lambda: read_at + foresight.FRESH + 0.1)

    assert DynamoGates(foreseeing).get(ADA).unsubscribed_at == AT


def test_nothing_of_the_lead_before_is_told_of_the_next(table: Table, asked: list[str]) -> None:
    foreseeing = ForeseeingTable(table.client, table.name)
    enrolments = DynamoEnrolments(foreseeing)
    enrolments.get(ADA, "e1")
    enrolments.get("grace", "e2")
    asked.clear()

    assert DynamoGates(foreseeing).get(ADA).bounced_at == AT
    assert asked == ["GetItem"]
