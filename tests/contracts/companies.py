"""Companies: written with the profile of whom they are made, due until everybody has heard."""

from dataclasses import replace
from datetime import timedelta

from coldframe.domain.company import SOON, company_id, member_of, told_to
from coldframe.domain.erasure import tombstone
from coldframe.domain.profile import Profile, remember
from tests.contracts.examples import ADA, AT, LATER, profile
from tests.contracts.store import Store
from tests.fakes.due import due_by

LOVELACE = "lovelace.example"
THEIRS = company_id(LOVELACE)


def joined(store: Store, lead: str = ADA, company: str = LOVELACE) -> Profile:
    one = replace(profile(lead), company=company, last_seen=LATER)
    store.profiles.save(None, one, [])
    found = store.profiles.own(lead)
    assert found is not None
    return found


class CompaniesContract:
    def test_what_a_lead_adds_is_there_with_its_profile(self, store: Store) -> None:
        one = joined(store)

        assert store.companies.members(THEIRS, at_most=9) == {ADA: member_of(one)}
        assert store.companies.due(THEIRS) is not None

    def test_it_is_due_soon_and_until_that_was_told(self, store: Store) -> None:
        joined(store)
        assert [each.key for each in due_by(store.due, LATER + SOON - timedelta(seconds=1))] == []
        assert [each.key for each in due_by(store.due, LATER + SOON)] == ["C"]
        due = store.companies.due(THEIRS)
        assert due is not None

        store.companies.told(due)

        assert store.companies.due(THEIRS) is None
        assert due_by(store.due, LATER + SOON) == []

    def test_a_change_while_they_are_told_is_told_once_more(self, store: Store) -> None:
        joined(store)
        due = store.companies.due(THEIRS)
        assert due is not None
        joined(store, "grace000000000000000000000")

        store.companies.told(due)

        again = store.companies.due(THEIRS)
        assert again is not None
        assert again.revision > due.revision

    def test_who_leaves_for_another_or_for_good_adds_nothing(self, store: Store) -> None:
        one = joined(store)
        store.profiles.save(one, replace(one, company="engines.example"), [])
        assert store.companies.members(THEIRS, at_most=9) == {}
        two = store.profiles.own(ADA)
        assert two is not None

        store.profiles.save(two, tombstone(ADA, LATER, revision=two.revision + 1), [])

        assert store.companies.members(company_id("engines.example"), at_most=9) == {}
        assert store.companies.due(company_id("engines.example")) is not None

    def test_no_more_are_read_than_asked_for(self, store: Store) -> None:
        for number in range(4):
            joined(store, f"lead{number}")

        assert len(store.companies.members(THEIRS, at_most=3)) == 3

    def test_what_it_heard_comes_back(self, store: Store) -> None:
        one = joined(store)
        members = store.companies.members(THEIRS, at_most=9).values()
        news = told_to(ADA, members, LOVELACE, revision=1, now=AT + timedelta(hours=1))
        store.profiles.save(one, remember(one, news, rules=()), [])

        found = store.profiles.own(ADA)

        assert found is not None
        assert found.colleagues is not None
        assert (found.colleagues.name, len(found.colleagues.active_until)) == (
            "lovelace.example",
            1,
        )
