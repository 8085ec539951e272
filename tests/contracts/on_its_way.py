"""A claim that records its mail to be on its way, and one of long ago that asks the gate again."""

from dataclasses import replace

import pytest

from coldframe.domain.enrolment import Stand
from coldframe.domain.errors import StaleLead, SuppressedContact
from coldframe.domain.gate import Prohibition
from coldframe.domain.message import MessageState
from coldframe.domain.permit import Permit, again
from tests.contracts.examples import ADA, AT, LATER, claim, enrolment, message
from tests.contracts.store import Store


def reserve(store: Store) -> None:
    run, gate = store.enrolments.begin(enrolment()), store.gates.get(ADA)
    store.ledger.claim(
        claim(),
        Permit(gate=gate, after=replace(gate, mails=(AT,))),
        enrolment=run,
        key="guide",
        stand=Stand(step="guide", at=LATER),
        message=message(),
    )


class OnItsWayContract:
    def test_a_claim_records_at_once_that_its_mail_is_on_its_way(self, store: Store) -> None:
        store.ledger.settle(message(MessageState.DEFERRED, why="capped", until=LATER))

        reserve(store)

        assert store.ledger.message(ADA, "m1") == message()
        assert store.gates.get(ADA).mails == (AT,)

    def test_a_mail_that_another_run_sends_is_not_claimed(self, store: Store) -> None:
        store.ledger.sending(message())

        with pytest.raises(StaleLead):
            reserve(store)

        run = store.enrolments.get(ADA, "e1")
        assert run is not None
        assert run.claims == {}
        assert store.gates.get(ADA).mails == ()

    def test_a_broadcast_s_claim_does_so_too(self, store: Store) -> None:
        gate = store.gates.get(ADA)

        store.ledger.claim_broadcast(
            claim(),
            Permit(gate=gate, after=replace(gate, mails=(AT,))),
            occurrence="o1",
            message=message(),
        )

        assert store.ledger.message(ADA, "m1") == message()

    def test_a_claim_of_long_ago_asks_the_gate_once_more(self, store: Store) -> None:
        reserve(store)
        store.ledger.release(message())
        gate = store.gates.get(ADA)

        store.ledger.sending(message(), permit=again(gate, None))

        assert store.ledger.message(ADA, "m1") == message()
        assert store.gates.get(ADA) == replace(gate, revision=gate.revision + 1)

    def test_an_opt_out_between_the_question_and_the_call_holds_the_mail(
        self, store: Store
    ) -> None:
        reserve(store)
        store.ledger.release(message())
        gate = store.gates.get(ADA)
        store.gates.forbid(ADA, Prohibition.UNSUBSCRIBED, LATER)

        with pytest.raises(SuppressedContact, match="unsubscribed"):
            store.ledger.sending(message(), permit=again(gate, None))

        held = store.ledger.message(ADA, "m1")
        assert held is not None
        assert held.state is MessageState.DEFERRED

    def test_what_is_on_its_way_is_not_sent_again_whatever_the_gate_says(
        self, store: Store
    ) -> None:
        reserve(store)
        gate = store.gates.get(ADA)

        with pytest.raises(StaleLead):
            store.ledger.sending(message(), permit=again(gate, None))

        assert store.gates.get(ADA) == gate

    def test_who_frees_a_mail_frees_its_own_attempt_and_no_other_s(self, store: Store) -> None:
        mine, other = (replace(message(), by=by) for by in ("mine", "other"))
        store.ledger.sending(mine)

        store.ledger.release(other)
        assert store.ledger.message(ADA, "m1") == mine

        store.ledger.release(mine)
        freed = store.ledger.message(ADA, "m1")
        assert freed is not None
        assert (freed.state, freed.by) == (MessageState.DEFERRED, "")

    def test_what_rules_count_apart_is_kept_apart(self, store: Store) -> None:
        run, gate = store.enrolments.begin(enrolment()), store.gates.get(ADA)

        store.ledger.claim(
            claim(),
            Permit(
                gate=gate,
                after=replace(gate, mails=(AT,), tallies={"promotion": (AT,), "texts": (LATER,)}),
            ),
            enrolment=run,
            key="guide",
            stand=Stand(step="guide", at=LATER),
        )

        assert store.gates.get(ADA).tallies == {"promotion": (AT,), "texts": (LATER,)}
