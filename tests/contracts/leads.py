"""Touchpoints, profiles and observations: what is stored comes back, and nobody is stale."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.errors import StaleLead
from coldframe.domain.evidence import Evidence
from coldframe.domain.observation import Observation, Verdict
from tests.contracts.examples import (
    ADA,
    AT,
    LATER,
    decision,
    learned_profile,
    profile,
    touchpoint,
)
from tests.contracts.store import Store
from tests.fakes.due import due_by


class TouchpointsContract:
    def test_the_same_touchpoint_is_appended_once(self, store: Store) -> None:
        one = touchpoint(table="7", guests=2, nested={"a": [1, 2.5, None, True, "x"]})

        assert store.touchpoints.append(one)
        assert not store.touchpoints.append(replace(one, source="again"))
        assert store.touchpoints.get(ADA, one.id) == one

    def test_a_quarantined_one_is_kept_once_and_found_by_nobody(self, store: Store) -> None:
        one, until = touchpoint(), AT + timedelta(days=30)

        assert store.touchpoints.quarantine(one, until=until)
        assert not store.touchpoints.quarantine(replace(one, source="again"), until=until)
        assert store.touchpoints.get(ADA, one.id) is None
        assert not list(store.touchpoints.since(ADA, AT))

    def test_one_that_is_not_there_is_none(self, store: Store) -> None:
        assert store.touchpoints.get(ADA, "2026-11-16#none") is None

    def test_what_it_told_of_a_field_is_scrubbed_once_and_for_all(self, store: Store) -> None:
        one = touchpoint(fields={"phone": "+41", "name": "Ada", "a b": "c"})
        store.touchpoints.append(one)

        for _ in range(2):
            store.touchpoints.scrub(one, ("phone", "a b"))
        store.touchpoints.scrub(touchpoint("nobody", fields={}), ("phone",))

        kept = store.touchpoints.get(ADA, one.id)
        assert kept is not None
        assert kept.data == {"fields": {"name": "Ada"}}
        assert store.touchpoints.get(ADA, touchpoint("nobody", fields={}).id) is None

    def test_since_a_day_means_all_of_that_day_and_after(self, store: Store) -> None:
        days = [touchpoint(at=AT + timedelta(days=number), n=number) for number in (-1, 0, 1)]
        for each in days:
            store.touchpoints.append(each)

        found = store.touchpoints.since(ADA, AT.replace(hour=23))

        assert {each.id for each in found} == {each.id for each in days[1:]}

    def test_parking_one_twice_is_parking_it_once(self, store: Store) -> None:
        for _ in range(2):
            store.touchpoints.park(touchpoint(), "KeyError")

        assert store.touchpoints.get(ADA, touchpoint().id) is None


class ProfilesContract:
    def test_some_are_read_at_once(self, store: Store) -> None:
        store.profiles.save(None, replace(profile(baking="Yes"), test=True), [])

        found = store.profiles.of([ADA, "nobody"])

        assert list(found) == [ADA]
        assert found[ADA].test
        assert found[ADA] == store.profiles.get(ADA)

    def test_what_is_saved_comes_back(self, store: Store) -> None:
        store.profiles.save(None, profile(baking="Yes"), [decision()])

        assert store.profiles.get(ADA) == profile(baking="Yes")

    def test_a_lead_nobody_knows_is_none(self, store: Store) -> None:
        assert store.profiles.get("grace") is None

    def test_who_saves_over_another_is_stale_and_changes_nothing(self, store: Store) -> None:
        store.profiles.save(None, profile(), [])
        read = store.profiles.get(ADA)
        assert read is not None
        store.profiles.save(read, replace(read, address="first@example.com"), [])

        with pytest.raises(StaleLead):
            store.profiles.save(read, replace(read, address="second@example.com"), [decision()])
        with pytest.raises(StaleLead):
            store.profiles.save(None, profile(), [])

        stored = store.profiles.get(ADA)
        assert stored is not None
        assert stored.address == "first@example.com"

    def test_decisions_can_be_saved_again_with_the_profile_left_alone(self, store: Store) -> None:
        store.profiles.save(None, profile(), [decision()])
        read = store.profiles.get(ADA)
        assert read is not None

        for _ in range(2):
            store.profiles.save(read, read, [decision(), decision("other")])

        assert store.profiles.get(ADA) == read

    def test_what_was_learned_and_concluded_comes_back(self, store: Store) -> None:
        store.profiles.save(None, learned_profile(), [])

        assert store.profiles.get(ADA) == learned_profile()

    def test_what_follows_is_put_with_it_or_not_at_all(self, store: Store) -> None:
        entered = touchpoint("segment.entered", segment="engaged")
        store.profiles.save(None, profile(), [decision()], [entered])
        read = store.profiles.get(ADA)
        assert read is not None
        store.profiles.save(read, replace(read, address="first@example.com"), [])

        left = touchpoint("segment.left", segment="engaged")
        with pytest.raises(StaleLead):
            store.profiles.save(read, replace(read, address="second@example.com"), [], [left])

        assert store.touchpoints.since(ADA, AT) == [entered]

    def test_it_is_due_when_time_may_change_what_is_concluded(self, store: Store) -> None:
        store.profiles.save(None, learned_profile(), [])
        read = store.profiles.get(ADA)
        assert read is not None

        assert due_by(store.due, LATER - timedelta(seconds=1)) == []
        assert [(each.lead, each.key) for each in due_by(store.due, LATER)] == [(ADA, "P")]

        rests = replace(read, standing=replace(read.standing, due_at=None))
        store.profiles.save(read, rests, [])
        assert due_by(store.due, LATER) == []


class ObservationsContract:
    def test_what_is_saved_comes_back_and_brings_its_clicks(self, store: Store) -> None:
        before = store.observations.get(ADA, "m1")
        seen = Evidence(at=AT, link=2, agent="Firefox", is_bot=True)
        opened = Evidence(at=LATER, link=None, agent="")
        after = replace(before, evidence={"a": seen, "b": opened}, verdict=Verdict.HUMAN)

        store.observations.save(before, after, [touchpoint("email.clicked")])

        stored = store.observations.get(ADA, "m1")
        assert replace(stored, revision=0) == replace(after, revision=0)
        assert len(store.touchpoints.since(ADA, AT)) == 1

    def test_one_that_is_not_there_is_empty(self, store: Store) -> None:
        assert store.observations.get(ADA, "m") == Observation(lead=ADA, message="m")

    def test_who_saves_over_another_is_stale_and_derives_nothing(self, store: Store) -> None:
        before = store.observations.get(ADA, "m1")
        store.observations.save(before, replace(before, verdict=Verdict.HUMAN), [])

        with pytest.raises(StaleLead):
            store.observations.save(before, before, [touchpoint("email.clicked")])

        assert store.touchpoints.since(ADA, AT) == []

    def test_it_is_due_until_it_is_decided(self, store: Store) -> None:
        before = store.observations.get(ADA, "m1")
        store.observations.save(before, replace(before, decide_at=AT), [])
        pending = store.observations.get(ADA, "m1")

        assert due_by(store.due, AT - timedelta(seconds=1)) == []
        assert [(each.lead, each.key) for each in due_by(store.due, AT)] == [(ADA, "O#m1")]

        store.observations.save(pending, replace(pending, decide_at=None), [])
        assert due_by(store.due, LATER) == []
