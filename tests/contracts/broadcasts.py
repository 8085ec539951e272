"""Broadcasts: one walk per instant, in a stable order, with its place kept."""

from datetime import timedelta

from tests.contracts.examples import ADA, AT, LATER, profile
from tests.contracts.store import Store
from tests.fakes.due import due_by

LEADS = [f"lead-{number:02}" for number in range(20)]


class OccurrencesContract:
    def test_it_is_continued_where_it_stands_and_done_once(self, store: Store) -> None:
        assert store.occurrences.open("letter", AT, AT) == ""
        store.occurrences.advance("letter", AT, cursor="c7", due_at=LATER)
        assert store.occurrences.open("letter", AT, AT) == "c7"

        store.occurrences.finish("letter", AT)

        assert store.occurrences.open("letter", AT, AT) is None
        assert store.occurrences.open("letter", LATER, AT) == ""

    def test_it_is_due_until_it_is_done(self, store: Store) -> None:
        store.occurrences.open("letter", AT, AT)
        store.occurrences.advance("letter", AT, cursor="c7", due_at=LATER)

        assert due_by(store.due, AT) == []
        assert [(each.lead, each.key, each.due_at) for each in due_by(store.due, LATER)] == [
            ("letter", "2026-11-16T10:00:00.250Z", LATER)
        ]

        store.occurrences.finish("letter", AT)
        assert due_by(store.due, LATER) == []

    def test_one_just_opened_is_due_when_its_function_must_be_gone(self, store: Store) -> None:
        store.occurrences.open("letter", AT, AT)

        assert due_by(store.due, AT + timedelta(minutes=15)) == []
        assert len(due_by(store.due, AT + timedelta(minutes=20))) == 1

    def test_keeping_the_place_of_a_finished_one_opens_nothing(self, store: Store) -> None:
        store.occurrences.open("letter", AT, AT)
        store.occurrences.finish("letter", AT)

        store.occurrences.advance("letter", AT, cursor="c9", due_at=LATER)

        assert store.occurrences.open("letter", AT, AT) is None
        assert due_by(store.due, LATER) == []

    def test_a_deferred_recipient_is_due_until_settled(self, store: Store) -> None:
        for until in (AT, LATER):
            store.occurrences.defer("letter", AT, ADA, until)

        assert due_by(store.due, AT) == []
        assert [(each.lead, each.key) for each in due_by(store.due, LATER)] == [
            (ADA, "W#letter#2026-11-16T10:00:00.250Z")
        ]

        for _ in range(2):
            store.occurrences.settle("letter", AT, ADA)
        assert due_by(store.due, LATER) == []


class MembersContract:
    def test_who_consents_is_walked_once_and_from_any_cursor_on(self, store: Store) -> None:
        for lead in LEADS:
            store.profiles.save(None, profile(lead, baking="Yes"), [])
        store.profiles.save(None, profile("stranger"), [])
        store.profiles.save(None, profile("other", tastings="Yes"), [])

        walk = list(store.members.of("baking", after=None))

        assert sorted(lead for lead, _ in walk) == LEADS
        for number, (_, cursor) in enumerate(walk):
            assert list(store.members.of("baking", after=cursor)) == walk[number + 1 :]

    def test_who_consents_later_is_walked_too(self, store: Store) -> None:
        store.profiles.save(None, profile(), [])
        read = store.profiles.get(ADA)
        store.profiles.save(read, profile(baking="Yes"), [])

        assert [lead for lead, _ in store.members.of("baking", after=None)] == [ADA]
