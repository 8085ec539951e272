"""What is counted with a profile is counted once, with it, or not at all."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from coldframe.domain.counting import Counting
from coldframe.domain.errors import StaleLead, TooManyPosts
from coldframe.domain.profile import Profile
from coldframe.domain.surge import hour_of
from coldframe.domain.suspicion import Sign
from coldframe.domain.velocity import Pace
from tests.contracts.examples import ADA, AT, LATER, decision, profile, touchpoint
from tests.contracts.store import CountingStore

MOST = 3


def pace(post: str, of: str = "a-mailbox", *, window: datetime = AT, most: int = MOST) -> Pace:
    return Pace(of=of, window=window, post=post, most=most, sign=Sign.SAME_ADDRESS)


def lead(number: int) -> Profile:
    return replace(profile(lead=f"{number:026}"), consents={})


def save(store: CountingStore, number: int, *paces: Pace, at: datetime | None = None) -> None:
    counting = Counting(paces=paces, newcomer_at=at)
    store.profiles.save(None, lead(number), [], counting=counting)


class CountingContract:
    def test_a_window_has_so_many_places_and_no_more(self, store: CountingStore) -> None:
        for number in range(MOST):
            save(store, number, pace(f"post-{number}"))

        with pytest.raises(TooManyPosts, match="same_address"):
            save(store, MOST, pace("one-more"))

        assert store.profiles.get(lead(MOST).lead) is None
        save(store, MOST, pace("one-more", window=AT + timedelta(minutes=10)))
        save(store, MOST + 1, pace("one-more", of="another-mailbox"))

    def test_who_has_a_place_keeps_it_however_often_it_comes(self, store: CountingStore) -> None:
        for number in range(MOST):
            save(store, number, pace(f"post-{number}"))
        stored = store.profiles.get(lead(0).lead)
        assert stored is not None

        counting = Counting(paces=(pace("post-0"),))
        store.profiles.save(stored, replace(stored, last_seen=LATER), [], counting=counting)

        assert store.profiles.get(lead(0).lead) == replace(
            stored, last_seen=LATER, revision=stored.revision + 1
        )

    def test_one_full_window_is_enough_and_takes_no_place_in_the_other(
        self, store: CountingStore
    ) -> None:
        save(store, 0, pace("a", of="network", most=1))

        for number, post in enumerate("bcde", start=1):
            with pytest.raises(TooManyPosts):
                save(store, number, pace(post), pace(post, of="network", most=1))

        for number, post in enumerate("xyz", start=5):
            save(store, number, pace(post))

    def test_who_lost_a_race_is_stale_and_counted_for_nothing(self, store: CountingStore) -> None:
        save(store, 0, pace("a"), at=AT)

        with pytest.raises(StaleLead):
            save(store, 0, pace("b"), at=AT)

        assert store.newcomers.in_hour(hour_of(AT)) == 1
        for number, post in enumerate("cd", start=1):
            save(store, number, pace(post))

    def test_new_leads_are_counted_in_their_own_hour(self, store: CountingStore) -> None:
        times = [AT, AT + timedelta(minutes=20), AT + timedelta(hours=1), AT + timedelta(days=1)]
        for number, at in enumerate([*times, *times[:1] * 20]):
            save(store, number, at=at)

        assert store.newcomers.in_hour(hour_of(AT)) == 22
        assert store.newcomers.by_hour(hour_of(AT)) == {
            hour_of(AT): 22,
            hour_of(times[2]): 1,
            hour_of(times[3]): 1,
        }
        assert list(store.newcomers.by_hour(hour_of(times[2]))) == [
            hour_of(times[2]),
            hour_of(times[3]),
        ]

    def test_what_is_put_aside_is_gone_from_sight(self, store: CountingStore) -> None:
        post = touchpoint("form.submitted")
        store.touchpoints.append(post)
        for _ in range(2):
            store.touchpoints.put_aside(post, replace(post, kind="form.quarantined"), until=LATER)

        assert store.touchpoints.get(ADA, post.id) is None

    def test_what_somebody_released_is_left_alone(self, store: CountingStore) -> None:
        post = touchpoint("form.submitted")
        released = replace(post, received_at=LATER)
        store.touchpoints.append(released)

        store.touchpoints.put_aside(post, replace(post, kind="form.quarantined"), until=LATER)

        assert store.touchpoints.get(ADA, post.id) == released

    def test_decisions_are_kept_with_what_is_counted_or_not_at_all(
        self, store: CountingStore
    ) -> None:
        full = [pace(str(number), most=1) for number in range(2)]
        store.profiles.save(None, profile(), [decision()], counting=Counting(paces=(full[0],)))
        stored = store.profiles.get(ADA)
        assert stored is not None

        with pytest.raises(TooManyPosts):
            store.profiles.save(
                stored,
                replace(stored, last_seen=LATER),
                [decision("other")],
                counting=Counting(paces=(full[1],)),
            )

        assert store.profiles.get(ADA) == stored
