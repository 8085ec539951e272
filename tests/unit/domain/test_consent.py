"""Consent: what a form asks for, what is confirmed, what is taken back, in whatever order."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.consent import unconfirmed
from coldframe.domain.profile import Profile, remember
from coldframe.domain.touchpoint import Touchpoint, record
from tests.fakes.clock import MONDAY

YES = {"baking": "Yes, send me baking tips."}


def happened(kind: str, hour: int, **data: Any) -> Touchpoint:
    at = MONDAY + timedelta(hours=hour)
    if kind == "form.submitted":
        data = {"address": "ada@example.com", "fields": {}, "consents": {}, **data}
    return record(lead="ada", kind=kind, source="test", received_at=at, data=data, own_id=str(hour))


def post(hour: int, *, confirm: bool = False, consents: Any = YES) -> Touchpoint:
    return happened("form.submitted", hour, consents=consents, confirm=confirm)


def confirmed(hour: int) -> Touchpoint:
    return happened("consent.confirmed", hour, consents=YES, message="m1")


def changed(hour: int, **choice: Any) -> Touchpoint:
    return happened("preferences.changed", hour, fields={}, **choice)


def known(*touchpoints: Touchpoint) -> Profile:
    profile = None
    for each in touchpoints:
        profile = replace(remember(profile, each, rules=()), revision=0)
    assert profile is not None
    return profile


def topics(*touchpoints: Touchpoint) -> set[str]:
    return set(known(*touchpoints).consents)


def test_a_plain_forms_consent_stands_at_once() -> None:
    assert topics(post(0)) == {"baking"}


def test_a_form_that_asks_back_gives_no_consent_until_it_is_confirmed() -> None:
    assert topics(post(0, confirm=True)) == set()

    consent = known(post(0, confirm=True), confirmed(1)).consents["baking"]

    assert (consent.confirmed, consent.proof) == (True, "m1")
    assert consent.text == "Yes, send me baking tips."


def test_unsubscribing_and_complaining_take_everything_back() -> None:
    assert topics(post(0), happened("unsubscribed", 1)) == set()
    assert topics(post(0), happened("email.complained", 1)) == set()


def test_one_topic_is_taken_back_and_the_others_stay() -> None:
    both = {"baking": "Yes.", "tastings": "Yes."}

    assert topics(post(0, consents=both), changed(1, off=["tastings"])) == {"baking"}


def test_a_new_post_alone_brings_nothing_back() -> None:
    assert topics(post(0), happened("unsubscribed", 1), post(2)) == set()


def test_confirming_brings_it_back() -> None:
    assert topics(post(0), happened("unsubscribed", 1), post(2), confirmed(3)) == {"baking"}


def test_what_was_confirmed_before_it_was_taken_back_stays_taken_back() -> None:
    assert topics(confirmed(1), happened("unsubscribed", 2)) == set()


def test_a_topic_switched_on_in_the_preferences_is_confirmed() -> None:
    off, on = changed(1, off=["baking"]), changed(2, on=YES)

    assert known(post(0), off, on).consents["baking"].confirmed


def test_a_mail_asks_back_for_what_is_not_agreed_yet() -> None:
    asked = post(5, confirm=True)

    assert to_confirm(asked) == YES
    assert to_confirm(confirmed(1), asked) == {}
    assert to_confirm(post(5)) == {}
    assert to_confirm(happened("unsubscribed", 1), post(5)) == YES


def test_who_took_it_back_after_posting_is_not_asked() -> None:
    assert to_confirm(happened("unsubscribed", 6), post(5, confirm=True)) == {}
    assert to_confirm(changed(6, off=["baking"]), post(5)) == {}


def to_confirm(*touchpoints: Touchpoint) -> dict[str, str]:
    """For the last of them, which is a form post."""
    profile = known(*touchpoints)
    return unconfirmed(profile.consents, profile.withdrawn, touchpoints[-1])


EVENTS = st.builds(
    lambda make, hour: make(hour),
    st.sampled_from(
        [
            post,
            lambda hour: post(hour, confirm=True),
            confirmed,
            lambda hour: happened("unsubscribed", hour),
            lambda hour: changed(hour, off=["baking"]),
            lambda hour: changed(hour, on=YES),
        ]
    ),
    st.integers(0, 6),
)


@given(st.lists(EVENTS, max_size=12, unique_by=lambda each: each.id), st.randoms())
def test_order_means_nothing(of: list[Touchpoint], order: Random) -> None:
    shuffled = [*of, *(each for each in of if order.random() < 0.4)]
    order.shuffle(shuffled)

    if of:
        assert known(*shuffled) == known(*of)


def test_the_end_outweighs_a_confirmation_of_the_same_instant() -> None:
    assert topics(confirmed(1), happened("unsubscribed", 1)) == set()
    assert topics(happened("unsubscribed", 1), confirmed(1)) == set()
