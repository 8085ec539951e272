"""Identities that were moved: all of a merge is written, or nothing; readers find the person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.company import company_id, member_of
from coldframe.domain.decision import DecisionKind
from coldframe.domain.enrolment import EndReason
from coldframe.domain.errors import StaleLead
from coldframe.domain.gate import Prohibition
from coldframe.domain.identity import Identity
from coldframe.domain.merging import joined, mark, moved
from coldframe.domain.preferences import Preferences
from coldframe.domain.profile import Profile
from coldframe.services.ports.identities import Merge
from tests.contracts.examples import ADA, AT, LATER, decision, enrolment, profile, touchpoint
from tests.contracts.store import Store
from tests.fakes.due import due_by

WORK = "ada0000000000000000000000b"
HOME = "ada0000000000000000000000c"
HOUR = timedelta(hours=1)


def known(store: Store, lead: str, **consents: str) -> Profile:
    store.profiles.save(None, profile(lead, **consents), [])
    found = store.profiles.own(lead)
    assert found is not None
    return found


def merge(
    store: Store, survivor: Profile, loser: Profile | None, of: str = WORK
) -> tuple[Profile, Merge]:
    nobody = Profile(lead=of, address="", created_at=AT)
    asked = Merge(
        survivor=survivor,
        after=joined(survivor, loser or nobody, ()),
        identity=Identity(
            person=survivor.lead,
            id=of,
            address="ada@work.example",
            at=LATER,
            why="same person",
            by="rosa",
            due_at=LATER,
        ),
        loser=loser,
        mark=mark(loser or nobody, survivor.lead, LATER),
        decisions=(replace(decision("*"), kind=DecisionKind.JOIN),),
    )
    store.identities.merge(asked)
    after = store.profiles.own(survivor.lead)
    assert after is not None
    return after, asked


class IdentitiesContract:
    def test_a_merge_leaves_a_mark_and_readers_find_the_person(self, store: Store) -> None:
        after, asked = merge(store, known(store, ADA), known(store, WORK))

        left = store.profiles.own(WORK)
        assert left is not None
        assert (left.moved_to, left.moved_at, left.fields) == (ADA, LATER, {})
        assert after.aliases == (WORK,)
        assert store.profiles.get(WORK) == replace(after, lead=WORK, person=ADA)
        assert store.identities.of(ADA) == [asked.identity]
        assert store.identities.get(ADA, WORK) == asked.identity
        assert store.identities.get(WORK, ADA) is None

    def test_who_was_moved_is_a_member_of_nothing(self, store: Store) -> None:
        merge(store, known(store, ADA), known(store, WORK, baking="Yes"))

        for topic in ("leads", "baking"):
            assert [lead for lead, _ in store.members.of(topic, after=None)] == [ADA]

    def test_two_of_one_company_tell_it_once(self, store: Store) -> None:
        """A transaction may touch no item twice."""
        for lead, seen in ((ADA, AT), (WORK, AT + 50 * HOUR)):
            one = replace(profile(lead), company="lovelace.example", last_seen=seen)
            store.profiles.save(None, one, [])
        ours, theirs = store.profiles.own(ADA), store.profiles.own(WORK)
        assert ours is not None

        after, _ = merge(store, ours, theirs)

        members = store.companies.members(company_id("lovelace.example"), at_most=9)
        assert members == {ADA: member_of(after)}

    def test_the_stricter_of_both_gates_is_the_persons(self, store: Store) -> None:
        store.gates.forbid(ADA, Prohibition.UNSUBSCRIBED, AT)
        store.gates.lift(ADA, Prohibition.UNSUBSCRIBED, AT + 5 * HOUR)
        store.gates.forbid(WORK, Prohibition.UNSUBSCRIBED, AT + HOUR, "not_me")
        store.gates.forbid(WORK, Prohibition.BOUNCED, AT)
        store.gates.hold(WORK, AT + 2 * HOUR)
        store.gates.prefer(ADA, Preferences(at=AT, off=("a",), a_week=3))
        store.gates.prefer(WORK, Preferences(at=LATER, off=("b",), a_week=2))

        merge(store, known(store, ADA), known(store, WORK))

        for lead in (ADA, WORK):
            gate = store.gates.get(lead)
            assert gate.lead == ADA
            assert gate.unsubscribed_at == AT + HOUR
            assert gate.reasons[Prohibition.UNSUBSCRIBED.value] == "not_me"
            assert gate.bounced_at is None
            assert gate.held_until == AT + 2 * HOUR
            assert gate.preferences == Preferences(at=LATER, off=("a", "b"), a_week=2)
            assert gate.aliases == (WORK,)
        assert store.gates.of([WORK])[WORK].lead == ADA

    def test_what_is_said_of_an_identity_is_said_of_the_person(self, store: Store) -> None:
        merge(store, known(store, ADA), known(store, WORK))

        store.gates.forbid(WORK, Prohibition.UNSUBSCRIBED, LATER)
        store.gates.hold(WORK, LATER)
        store.gates.prefer(WORK, Preferences(at=LATER, a_week=1))

        gate = store.gates.get(ADA)
        assert (gate.unsubscribed_at, gate.held_until) == (LATER, LATER)
        assert gate.preferences == Preferences(at=LATER, a_week=1)
        store.gates.lift(WORK, Prohibition.UNSUBSCRIBED, LATER + HOUR)
        assert store.gates.get(ADA).unsubscribed_at is None

    def test_a_bounce_of_a_mail_from_before_stays_with_the_old_address(self, store: Store) -> None:
        merge(store, known(store, ADA), known(store, WORK))

        store.gates.forbid(WORK, Prohibition.BOUNCED, LATER + HOUR, mailed_at=AT)
        assert store.gates.get(ADA).bounced_at is None

        store.gates.forbid(WORK, Prohibition.BOUNCED, LATER + HOUR, mailed_at=LATER + HOUR)
        assert store.gates.get(ADA).bounced_at == LATER + HOUR
        store.gates.lift(WORK, Prohibition.BOUNCED, LATER + 2 * HOUR, mailed_at=AT)
        assert store.gates.get(ADA).bounced_at == LATER + HOUR

    def test_where_mails_go_elsewhere_what_bounced_before_forbids_nothing(
        self, store: Store
    ) -> None:
        """Back at another of its addresses: no merge, and no older word changes it."""
        merge(store, known(store, ADA), known(store, WORK))
        store.gates.forbid(ADA, Prohibition.BOUNCED, LATER + HOUR, mailed_at=LATER + HOUR)

        for since in (LATER + 3 * HOUR, LATER, LATER + 3 * HOUR):
            store.identities.write_to(ADA, since=since)

        assert store.gates.get(ADA).bounced_at is None
        late, later = LATER + 4 * HOUR, LATER + 5 * HOUR
        store.gates.forbid(WORK, Prohibition.BOUNCED, late, mailed_at=LATER + 2 * HOUR)
        assert store.gates.get(ADA).bounced_at is None
        store.gates.forbid(ADA, Prohibition.BOUNCED, later, mailed_at=later)
        assert store.gates.get(ADA).bounced_at == later
        store.identities.write_to(WORK, since=later + HOUR)
        assert store.gates.get(ADA).bounced_at == later

    def test_a_delivery_that_was_told_of_first_goes_on_to_count(self, store: Store) -> None:
        store.gates.forbid(ADA, Prohibition.BOUNCED, LATER + HOUR)
        store.gates.lift(ADA, Prohibition.BOUNCED, LATER + 2 * HOUR)

        store.identities.write_to(ADA, since=LATER)

        assert store.gates.get(ADA).bounced_at is None

    def test_marks_never_chain(self, store: Store) -> None:
        work, _ = merge(store, known(store, WORK), known(store, HOME), HOME)

        after, _ = merge(store, known(store, ADA), work)

        home = store.profiles.own(HOME)
        assert home is not None
        assert home.moved_to == ADA
        assert after.aliases == (WORK, HOME)
        assert [each.id for each in store.identities.of(ADA)] == [WORK, HOME]
        assert not store.identities.of(WORK)
        assert store.gates.get(HOME).lead == ADA

    def test_who_was_moved_meanwhile_is_merged_by_nobody(self, store: Store) -> None:
        ada, work, home = (known(store, lead) for lead in (ADA, WORK, HOME))
        merge(store, work, home, HOME)

        with pytest.raises(StaleLead):
            merge(store, ada, home, HOME)
        with pytest.raises(StaleLead):
            merge(store, ada, work)

        assert store.identities.of(ADA) == []
        assert store.profiles.own(ADA) == ada

    def test_an_unknown_identity_is_marked_once(self, store: Store) -> None:
        ada = known(store, ADA)
        after, _ = merge(store, ada, None)

        with pytest.raises(StaleLead):
            merge(store, after, None)

        assert after.aliases == (WORK,)

    def test_enrolments_are_found_whoever_began_them(self, store: Store) -> None:
        mine, other = enrolment("e1"), replace(enrolment("e2"), lead=WORK)
        for each in (mine, other):
            store.enrolments.begin(each)
        merge(store, known(store, ADA), known(store, WORK))

        for lead in (ADA, WORK):
            assert {each.id for each in store.enrolments.of(lead)} == {"e1", "e2"}
            assert store.enrolments.named(lead, "e2") == other
        assert store.enrolments.get(ADA, "e2") is None
        assert store.enrolments.close(other, EndReason.MERGED, LATER)
        assert store.enrolments.named(ADA, "none") is None

    def test_its_history_is_due_until_all_of_it_was_moved(self, store: Store) -> None:
        rows = [replace(touchpoint(n=number), lead=WORK) for number in range(3)]
        for each in rows:
            store.touchpoints.append(each)
        _, asked = merge(store, known(store, ADA), known(store, WORK))
        assert [(each.lead, each.key) for each in due_by(store.due, LATER)] == [(ADA, f"I#{WORK}")]
        expected = sorted(rows, key=lambda each: each.id)

        first = store.identities.history(asked.identity, at_most=2)
        assert list(first) == expected[:2]
        place = replace(asked.identity, cursor=first[-1].id)
        store.identities.advance(place)
        assert list(store.identities.history(place, at_most=2)) == expected[2:]

        store.identities.advance(replace(place, due_at=None))
        assert due_by(store.due, LATER) == []
        store.identities.advance(replace(place, person=HOME))
        assert store.identities.get(HOME, WORK) is None

    def test_a_copy_keeps_its_origin(self, store: Store) -> None:
        copy = moved(replace(touchpoint(), lead=WORK), ADA, history=True)

        assert store.touchpoints.append(copy)

        assert store.touchpoints.get(ADA, copy.id) == copy
        assert (copy.origin, copy.history, copy.id) == (WORK, True, touchpoint().id)

    def test_what_was_reacted_to_shows_by_its_decisions(self, store: Store) -> None:
        store.profiles.save(None, profile(), [decision()])

        assert store.identities.was_reacted_to(ADA, decision().cause)
        assert not store.identities.was_reacted_to(ADA, "2026-11-16#ab")
        assert not store.identities.was_reacted_to(WORK, decision().cause)
