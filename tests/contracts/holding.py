"""A hold counts from the instant it is written: also between the question and the claim."""

from dataclasses import replace
from datetime import datetime

import pytest

from coldframe.domain.errors import StaleLead
from coldframe.domain.gate import Gate
from coldframe.domain.permit import Permit
from tests.contracts.examples import ADA, AT, LATER, claim
from tests.contracts.store import Store


class HoldsContract:
    def test_a_hold_that_came_after_the_question_is_asked_about_again(self, store: Store) -> None:
        asked = store.gates.get(ADA)
        store.gates.hold(ADA, LATER)

        with pytest.raises(StaleLead):
            reserve(store, asked)

        assert store.gates.get(ADA).mails == ()

    @pytest.mark.parametrize("until", [AT, LATER])
    def test_a_hold_that_was_asked_about_holds_no_claim(
        self, store: Store, until: datetime
    ) -> None:
        store.gates.hold(ADA, until)

        reserve(store, store.gates.get(ADA))

        assert store.gates.get(ADA).mails == (AT,)
        assert store.gates.get(ADA).held_until == until

    def test_a_hold_that_got_longer_meanwhile_is_asked_about_again(self, store: Store) -> None:
        store.gates.hold(ADA, AT)
        asked = store.gates.get(ADA)
        store.gates.hold(ADA, LATER)

        with pytest.raises(StaleLead):
            reserve(store, asked)


def reserve(store: Store, asked: Gate) -> None:
    store.ledger.claim_broadcast(
        claim(), Permit(gate=asked, after=replace(asked, mails=(*asked.mails, AT))), occurrence="o1"
    )
