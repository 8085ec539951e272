"""What went to a mailbox on request is counted with the claim, or not at all."""

from contextlib import suppress
from dataclasses import replace

import pytest

from coldframe.domain.enrolment import Stand
from coldframe.domain.errors import AlreadyClaimed, StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.mailbox import Mailbox
from coldframe.domain.permit import Permit
from tests.contracts.examples import ADA, AT, LATER, claim, enrolment
from tests.contracts.store import Store

ADDRESS = "ada@example.com"
TAGGED = "ada+cakes@example.com"


def ask(store: Store, mailbox: Mailbox, mail: str = "guide") -> None:
    """A requested mail is claimed against the mailbox as it was read."""
    run = store.enrolments.begin(enrolment())
    gate = store.gates.get(ADA)
    store.ledger.claim(
        claim(mail),
        Permit(
            gate=gate,
            after=replace(gate, requested=(*mailbox.requested, AT)),
            requested_at=AT,
            mailbox=mailbox,
        ),
        enrolment=run,
        key=mail,
        stand=Stand(step="guide", at=LATER),
    )


class MailboxesContract:
    def test_nothing_went_to_a_new_one(self, store: Store) -> None:
        found = store.mailboxes.of(ADDRESS)

        assert (found.revision, found.requested) == (0, ())
        assert ADDRESS not in found.id

    def test_a_claim_is_counted_for_every_spelling_of_the_address(self, store: Store) -> None:
        ask(store, store.mailboxes.of(ADDRESS))

        assert store.mailboxes.of(TAGGED).requested == (AT,)
        assert store.mailboxes.of(TAGGED) == store.mailboxes.of(ADDRESS)
        assert store.mailboxes.of("grace@example.com").requested == ()

    def test_the_same_claim_is_counted_once(self, store: Store) -> None:
        for _ in range(3):
            with suppress(AlreadyClaimed):
                ask(store, store.mailboxes.of(ADDRESS))

        assert store.mailboxes.of(ADDRESS).requested == (AT,)

    def test_who_read_it_before_another_claim_asks_again(self, store: Store) -> None:
        read = store.mailboxes.of(ADDRESS)
        ask(store, read)

        with pytest.raises(StaleLead):
            ask(store, read, mail="other")

        stored = store.enrolments.get(ADA, "e1")
        assert stored is not None
        assert list(stored.claims) == ["guide"]
        assert store.mailboxes.of(ADDRESS).requested == (AT,)

    def test_so_does_who_read_it_between_two_others(self, store: Store) -> None:
        ask(store, store.mailboxes.of(ADDRESS))
        read = store.mailboxes.of(ADDRESS)
        ask(store, read, mail="second")

        with pytest.raises(StaleLead):
            ask(store, read, mail="third")

        assert store.mailboxes.of(ADDRESS).requested == (AT, AT)

    def test_a_claim_that_the_gate_forbids_counts_nothing(self, store: Store) -> None:
        store.gates.forbid(ADA, Prohibition.COMPLAINED, AT)

        with pytest.raises(SuppressedContact):
            ask(store, store.mailboxes.of(ADDRESS))

        assert store.mailboxes.of(ADDRESS).requested == ()

    def test_a_broadcast_that_was_asked_for_counts_too(self, store: Store) -> None:
        gate, read = store.gates.get(ADA), store.mailboxes.of(ADDRESS)
        broadcast(store, "o1", read, gate)

        with pytest.raises(StaleLead):
            broadcast(store, "o2", read, store.gates.get(ADA))

        assert store.enrolments.get(ADA, "o2") is None
        assert store.mailboxes.of(ADDRESS).requested == (AT,)


def broadcast(store: Store, occurrence: str, mailbox: Mailbox, gate: Gate) -> None:
    store.ledger.claim_broadcast(
        claim(),
        Permit(gate=gate, after=replace(gate, requested=(AT,)), requested_at=AT, mailbox=mailbox),
        occurrence=occurrence,
    )
