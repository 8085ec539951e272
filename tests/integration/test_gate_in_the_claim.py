"""The gate that was asked is the gate that counts: two who ask at once can't both pass a cap."""

from dataclasses import replace

import pytest

from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.ledger import DynamoLedger
from coldframe.adapters.table import Table
from coldframe.domain.errors import StaleLead
from coldframe.domain.permit import Permit
from tests.contracts.examples import ADA, AT, claim, message
from tests.integration.account import TABLE, Account


def test_each_claim_moves_the_gate_so_that_who_asked_before_asks_again(account: Account) -> None:
    table = Table(account.aws("dynamodb"), TABLE)
    gates, ledger = DynamoGates(table), DynamoLedger(table)

    for number in range(3):
        asked = gates.get(ADA)
        counted = replace(asked, mails=(*asked.mails, AT))
        first, second = f"o{number}", f"p{number}"
        ledger.claim_broadcast(claim(), Permit(gate=asked, after=counted), occurrence=first)

        with pytest.raises(StaleLead):
            ledger.claim_broadcast(claim(), Permit(gate=asked, after=counted), occurrence=second)

        assert gates.get(ADA).revision == number + 1
        assert len(gates.get(ADA).mails) == number + 1


def test_a_mail_begun_by_a_call_that_the_sdk_repeated_is_begun(account: Account) -> None:
    """The first try was stored, and its answer lost: the second finds what it wrote itself."""
    ledger = DynamoLedger(Table(account.aws("dynamodb"), TABLE))
    mine = replace(message(), by="mine")
    ledger.sending(mine)

    ledger.sending(mine)

    with pytest.raises(StaleLead):
        ledger.sending(replace(mine, by="other"))
