"""Gates and claims: one transaction, and who loses learns which condition failed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.enrolment import Stand
from coldframe.domain.errors import AlreadyClaimed, Left, StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.permit import Permit
from tests.contracts.examples import ADA, AT, LATER, claim, enrolment, waiting
from tests.contracts.store import Store


class GatesContract:
    def test_a_lead_without_a_gate_has_an_open_one(self, store: Store) -> None:
        assert store.gates.get(ADA) == Gate(lead=ADA)

    @pytest.mark.parametrize("prohibition", list(Prohibition))
    def test_what_forbids_is_kept_with_its_latest_instant(
        self, store: Store, prohibition: Prohibition
    ) -> None:
        for at in (LATER, AT, LATER):
            store.gates.forbid(ADA, prohibition, at)

        gate = store.gates.get(ADA)
        assert getattr(gate, f"{prohibition}_at") == LATER
        assert gate.revision == 0

    def test_a_hold_is_kept_to_its_latest_instant(self, store: Store) -> None:
        for until in (LATER, AT, LATER):
            store.gates.hold(ADA, until)

        assert store.gates.get(ADA) == Gate(lead=ADA, held_until=LATER)

    def test_forbidding_keeps_what_was_counted(self, store: Store) -> None:
        reserve(store)
        store.gates.forbid(ADA, Prohibition.UNSUBSCRIBED, AT)

        assert store.gates.get(ADA).mails == (AT,)


def reserve(store: Store, *, requested_at: datetime | None = None, mail: str = "guide") -> None:
    """Ada's first mail is claimed, against the gate as it stands."""
    run = store.enrolments.begin(enrolment())
    gate = store.gates.get(ADA)
    store.ledger.claim(
        claim(mail),
        Permit(gate=gate, after=replace(gate, mails=(*gate.mails, AT)), requested_at=requested_at),
        enrolment=run,
        key=mail,
        stand=Stand(step="guide", at=LATER),
    )


class ClaimsContract:
    def test_a_claim_records_step_token_and_mail_and_the_gate_counts(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        gate = store.gates.get(ADA)

        store.ledger.claim(
            claim("case-study"),
            Permit(gate=gate, after=replace(gate, mails=(AT,))),
            enrolment=run,
            key="case-study",
            stand=Stand(step="case-study", at=LATER, waiting=waiting()),
        )

        stored = store.enrolments.get(ADA, "e1")
        assert stored is not None
        assert (stored.step, stored.since) == ("case-study", LATER)
        assert stored.waiting == waiting()
        assert stored.claims == {"case-study": claim("case-study")}
        assert store.gates.get(ADA) == Gate(lead=ADA, revision=1, mails=(AT,))

    def test_the_same_mail_is_claimed_once(self, store: Store) -> None:
        reserve(store)

        with pytest.raises(AlreadyClaimed, match="message-of-guide"):
            reserve(store)

        assert store.gates.get(ADA).mails == (AT,)

    def test_what_was_lifted_though_it_never_stood_forbids_nothing(self, store: Store) -> None:
        store.gates.lift(ADA, Prohibition.UNSUBSCRIBED, AT)
        store.gates.lift(ADA, Prohibition.BOUNCED, AT)

        reserve(store)

        assert store.gates.get(ADA).mails == (AT,)

    def test_a_gate_that_moved_is_stale_and_nothing_is_claimed(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        gate = store.gates.get(ADA)
        reserve(store, mail="other")

        with pytest.raises(StaleLead):
            store.ledger.claim(
                claim(),
                Permit(gate=gate, after=replace(gate, mails=(LATER,))),
                enrolment=run,
                key="guide",
                stand=Stand(step="guide", at=LATER),
            )

        stored = store.enrolments.get(ADA, "e1")
        assert stored is not None
        assert list(stored.claims) == ["other"]
        assert store.gates.get(ADA).mails == (AT,)

    @pytest.mark.parametrize("prohibition", ["unsubscribed", "complained", "bounced", "erased"])
    def test_a_prohibition_that_came_after_the_question_holds_the_claim(
        self, store: Store, prohibition: str
    ) -> None:
        store.gates.forbid(ADA, Prohibition(prohibition), AT)

        with pytest.raises(SuppressedContact, match=prohibition):
            reserve(store)

        stored = store.enrolments.get(ADA, "e1")
        assert stored is not None
        assert stored.claims == {}
        assert store.gates.get(ADA).mails == ()

    def test_a_lead_who_went_to_sales_is_asked_about_again(self, store: Store) -> None:
        store.gates.forbid(ADA, Prohibition.WITH_SALES, AT)

        with pytest.raises(StaleLead):
            reserve(store)

    @pytest.mark.parametrize(
        ("prohibition", "since_request"),
        [("unsubscribed", 0), ("unsubscribed", -5), ("with_sales", 5)],
    )
    def test_a_requested_mail_may_be_claimed_in_spite_of(
        self, store: Store, prohibition: str, since_request: int
    ) -> None:
        at = AT + timedelta(minutes=since_request)
        store.gates.forbid(ADA, Prohibition(prohibition), at)

        reserve(store, requested_at=AT)

        stored = store.enrolments.get(ADA, "e1")
        assert stored is not None
        assert "guide" in stored.claims

    @pytest.mark.parametrize(
        ("prohibition", "since_request"),
        [("unsubscribed", 1), ("complained", -5), ("bounced", -5), ("erased", -5)],
    )
    def test_a_requested_mail_is_held_by(
        self, store: Store, prohibition: str, since_request: int
    ) -> None:
        at = AT + timedelta(minutes=since_request)
        store.gates.forbid(ADA, Prohibition(prohibition), at)

        with pytest.raises(SuppressedContact, match=prohibition):
            reserve(store, requested_at=AT)

    def test_a_closed_enrolment_takes_no_claim(self, store: Store) -> None:
        store.enrolments.close(store.enrolments.begin(enrolment()), "converted", AT)

        with pytest.raises(Left, match="e1"):
            reserve_for(store, 1)

        assert store.gates.get(ADA).mails == ()

    def test_an_older_run_takes_no_claim(self, store: Store) -> None:
        store.enrolments.next_generation(store.enrolments.begin(enrolment()), AT)

        with pytest.raises(Left, match="e1"):
            reserve_for(store, 1)

    def test_leaving_outranks_every_other_reason(self, store: Store) -> None:
        reserve(store)
        store.enrolments.close(enrolment(), "converted", AT)
        store.gates.forbid(ADA, Prohibition.BOUNCED, AT)

        with pytest.raises(Left):
            reserve_for(store, 1)

    def test_a_notice_asks_no_gate(self, store: Store) -> None:
        store.gates.forbid(ADA, Prohibition.BOUNCED, AT)
        run = store.enrolments.begin(enrolment())

        store.ledger.claim(
            claim("_hand_off"),
            None,
            enrolment=run,
            key="hand_off:owner",
            stand=Stand(step="owner", at=LATER),
        )

        stored = store.enrolments.get(ADA, "e1")
        assert stored is not None
        assert stored.claims["hand_off:owner"] == claim("_hand_off")

    def test_a_broadcasts_recipient_is_claimed_once_and_counted(self, store: Store) -> None:
        gate = store.gates.get(ADA)
        after = replace(gate, mails=(AT,))

        store.ledger.claim_broadcast(
            claim("letter"), Permit(gate=gate, after=after), occurrence="o1"
        )
        with pytest.raises(AlreadyClaimed):
            store.ledger.claim_broadcast(
                claim("letter"), Permit(gate=gate, after=after), occurrence="o1"
            )

        stored = store.enrolments.get(ADA, "o1")
        assert stored is not None
        assert (stored.status, stored.claims) == ("closed", {"letter": claim("letter")})
        assert store.gates.get(ADA).mails == (AT,)

    def test_a_mail_to_another_address_asks_all_but_what_bounced_here(self, store: Store) -> None:
        store.gates.forbid(ADA, Prohibition.BOUNCED, AT)
        gate = replace(store.gates.get(ADA), elsewhere=True)
        store.ledger.claim_broadcast(claim("_new"), Permit(gate=gate, after=gate), occurrence="o1")

        store.gates.forbid(ADA, Prohibition.COMPLAINED, LATER)
        gate = replace(store.gates.get(ADA), elsewhere=True)
        with pytest.raises(SuppressedContact):
            store.ledger.claim_broadcast(
                claim("_new"), Permit(gate=gate, after=gate), occurrence="o2"
            )

        assert store.enrolments.get(ADA, "o1")
        assert store.enrolments.get(ADA, "o2") is None

    def test_a_broadcasts_recipient_is_held_like_anyone(self, store: Store) -> None:
        gate = store.gates.get(ADA)
        store.gates.forbid(ADA, Prohibition.UNSUBSCRIBED, AT)

        with pytest.raises(SuppressedContact):
            store.ledger.claim_broadcast(
                claim("letter"), Permit(gate=gate, after=gate), occurrence="o1"
            )

        assert store.enrolments.get(ADA, "o1") is None


def reserve_for(store: Store, generation: int) -> None:
    gate = store.gates.get(ADA)
    store.ledger.claim(
        claim(),
        Permit(gate=gate, after=replace(gate, mails=(*gate.mails, AT))),
        enrolment=enrolment(generation=generation),
        key="guide",
        stand=Stand(step="guide", at=LATER),
    )
