"""What is lifted, chosen and looked up on gates, and what a claim makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from coldframe.domain.errors import StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.permit import Permit
from coldframe.domain.preferences import Preferences
from tests.contracts.examples import ADA, AT, LATER, claim
from tests.contracts.store import Store

LATEST = LATER + timedelta(minutes=5)
LIFTABLE = [Prohibition.UNSUBSCRIBED, Prohibition.COMPLAINED, Prohibition.BOUNCED]
CHOSEN = Preferences(at=AT, off=("baking",), paused_until=LATEST, a_week=1, channels_off=("text",))


class GateChoicesContract:
    @pytest.mark.parametrize("prohibition", LIFTABLE)
    def test_what_was_lifted_stands_no_more_until_it_comes_anew(
        self, store: Store, prohibition: Prohibition
    ) -> None:
        store.gates.forbid(ADA, prohibition, AT, "said so")
        store.gates.lift(ADA, prohibition, LATER)
        assert getattr(store.gates.get(ADA), f"{prohibition}_at") is None

        store.gates.forbid(ADA, prohibition, AT)
        assert getattr(store.gates.get(ADA), f"{prohibition}_at") is None

        store.gates.forbid(ADA, prohibition, LATEST)
        assert getattr(store.gates.get(ADA), f"{prohibition}_at") == LATEST
        assert store.gates.get(ADA).reasons == {}

    @pytest.mark.parametrize("order", list(permutations(["forbid", "lift", "again"])))
    def test_forbidding_and_lifting_may_be_told_in_any_order(
        self, store: Store, order: tuple[str, ...]
    ) -> None:
        for step in order:
            if step == "lift":
                store.gates.lift(ADA, Prohibition.UNSUBSCRIBED, LATER)
            else:
                at = AT if step == "forbid" else LATEST
                store.gates.forbid(ADA, Prohibition.UNSUBSCRIBED, at)

        assert store.gates.get(ADA).unsubscribed_at == LATEST

    def test_why_somebody_left_is_said_until_that_is_lifted(self, store: Store) -> None:
        left = Prohibition.UNSUBSCRIBED
        whys = []
        store.gates.forbid(ADA, left, AT, "not_me")
        store.gates.forbid(ADA, left, AT + timedelta(hours=1))
        whys.append(store.gates.get(ADA).reasons)
        store.gates.lift(ADA, left, AT + timedelta(hours=2))
        whys.append(store.gates.get(ADA).reasons)
        store.gates.forbid(ADA, left, AT + timedelta(hours=3))
        whys.append(store.gates.get(ADA).reasons)

        assert whys == [{left.value: "not_me"}, {}, {}]

    def test_the_latest_choice_is_kept_whole(self, store: Store) -> None:
        later = Preferences(at=LATER, a_week=2)

        for chosen in (CHOSEN, later, CHOSEN):
            store.gates.prefer(ADA, chosen)

        assert store.gates.get(ADA).preferences == later

    def test_a_choice_comes_back_as_it_was_made(self, store: Store) -> None:
        store.gates.prefer(ADA, CHOSEN)

        assert store.gates.get(ADA) == Gate(lead=ADA, preferences=CHOSEN)

    def test_gates_are_looked_up_together(self, store: Store) -> None:
        store.gates.forbid(ADA, Prohibition.BOUNCED, AT)
        store.gates.forbid("grace", Prohibition.BOUNCED, LATER)

        found = store.gates.of([ADA, "grace", "nobody"])

        assert {lead: gate.bounced_at for lead, gate in found.items()} == {ADA: AT, "grace": LATER}

    @pytest.mark.parametrize("prohibition", LIFTABLE)
    def test_a_claim_may_be_taken_once_it_is_lifted(
        self, store: Store, prohibition: Prohibition
    ) -> None:
        store.gates.forbid(ADA, prohibition, AT)
        store.gates.lift(ADA, prohibition, LATER)

        reserve(store, store.gates.get(ADA))

        assert store.gates.get(ADA).mails == (AT,)

    @pytest.mark.parametrize("requested_at", [None, AT])
    def test_what_comes_anew_after_the_question_holds_the_claim(
        self, store: Store, requested_at: datetime | None
    ) -> None:
        store.gates.forbid(ADA, Prohibition.UNSUBSCRIBED, AT)
        store.gates.lift(ADA, Prohibition.UNSUBSCRIBED, LATER)
        asked = store.gates.get(ADA)
        store.gates.forbid(ADA, Prohibition.UNSUBSCRIBED, LATEST)

        with pytest.raises(SuppressedContact, match="unsubscribed"):
            reserve(store, asked, requested_at=requested_at)

    def test_a_lift_after_the_question_is_asked_again(self, store: Store) -> None:
        store.gates.forbid(ADA, Prohibition.UNSUBSCRIBED, AT)
        asked = replace(store.gates.get(ADA), unsubscribed_at=None)
        store.gates.lift(ADA, Prohibition.UNSUBSCRIBED, LATER)

        try:
            reserve(store, asked)
        except StaleLead:
            reserve(store, store.gates.get(ADA))

        assert store.gates.get(ADA).mails == (AT,)

    def test_a_choice_after_the_question_is_asked_again(self, store: Store) -> None:
        asked = store.gates.get(ADA)
        store.gates.prefer(ADA, CHOSEN)

        with pytest.raises(StaleLead):
            reserve(store, asked)

        reserve(store, store.gates.get(ADA))

    def test_a_requested_mail_asks_for_no_choice(self, store: Store) -> None:
        asked = store.gates.get(ADA)
        store.gates.prefer(ADA, CHOSEN)

        reserve(store, asked, requested_at=AT)


def reserve(store: Store, gate: Gate, *, requested_at: datetime | None = None) -> None:
    """As a broadcast's recipient, whose claim needs no journey."""
    store.ledger.claim_broadcast(
        claim("letter"),
        Permit(gate=gate, after=replace(gate, mails=(AT,)), requested_at=requested_at),
        occurrence="o1",
    )
