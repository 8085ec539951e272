"""The number that says how probably a person was at work, and what speaks against it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.humanness import HALF, WEIGHTS, Burst, Evidence, Reason, weighed
from coldframe.domain.message import TRAP, Message, MessageState
from tests.fakes.clock import MONDAY

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
MAIL = Message(
    lead="ada",
    id="m",
    mail="case-study",
    enrolment="e",
    journey="welcome",
    step="case-study",
    state=MessageState.SENT,
    at=MONDAY,
    sent_at=MONDAY,
    delivered_at=MONDAY,
    links=3,
)
LATER = MONDAY + timedelta(hours=1)
FOLLOW = Evidence(at=LATER, link=0, agent=FIREFOX)
OPEN = Evidence(at=LATER, link=None, agent=FIREFOX)


def burst(*seen: Evidence) -> Burst:
    return tuple((str(number), each) for number, each in enumerate(seen))


def test_a_follow_against_which_nothing_speaks_is_a_persons() -> None:
    found = weighed(burst(FOLLOW), MAIL)

    assert (found.human, found.reasons, found.by_person) == (0.97, (), True)


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (replace(FOLLOW, link=TRAP), Reason.TRAPPED),
        (replace(FOLLOW, is_bot=True), Reason.BOT_EVENT),
        (replace(FOLLOW, agent="curl/8"), Reason.AGENT),
        (replace(FOLLOW, method="HEAD"), Reason.HEAD),
        (replace(FOLLOW, network="scanner"), Reason.SCANNER),
        (replace(FOLLOW, at=MONDAY + timedelta(seconds=2)), Reason.AT_DELIVERY),
        (replace(OPEN, agent="Mozilla/5.0"), Reason.APPLE),
        (replace(OPEN, network="apple"), Reason.APPLE),
        (replace(OPEN, is_bot=True), Reason.BOT_EVENT),
    ],
)
def test_one_such_sign_makes_it_a_machines(seen: Evidence, reason: Reason) -> None:
    found = weighed(burst(seen), MAIL)

    assert found.reasons == (reason,)
    assert not found.by_person


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (replace(FOLLOW, network="datacentre"), Reason.DATACENTRE),
        (replace(FOLLOW, at=MONDAY + timedelta(seconds=9)), Reason.SOON),
        (replace(OPEN, agent="GoogleImageProxy"), Reason.GMAIL),
    ],
)
def test_a_weak_sign_alone_doesnt(seen: Evidence, reason: Reason) -> None:
    found = weighed(burst(seen), MAIL)

    assert found.reasons == (reason,)
    assert found.by_person


def test_weak_signs_add_up() -> None:
    seen = replace(FOLLOW, at=MONDAY + timedelta(seconds=9), network="datacentre")

    assert not weighed(burst(seen), MAIL).by_person


def test_a_proxys_picture_doesnt_make_the_persons_click_its_own() -> None:
    assert weighed(burst(replace(OPEN, agent="Mozilla/5.0"), FOLLOW), MAIL).by_person


def test_more_than_two_events_within_a_second_are_no_person_whatever_they_are() -> None:
    found = weighed(burst(OPEN, OPEN, FOLLOW), MAIL)

    assert Reason.RATTLED in found.reasons
    assert not found.by_person


@given(
    st.lists(
        st.builds(
            Evidence,
            at=st.integers(0, 19).map(lambda seconds: LATER + timedelta(seconds=seconds)),
            link=st.sampled_from([None, TRAP, 0, 1, 2]),
            agent=st.sampled_from([FIREFOX, "curl/8", "Mozilla/5.0", ""]),
            is_bot=st.booleans(),
            method=st.sampled_from(["GET", "HEAD"]),
            network=st.sampled_from(["", "scanner", "datacentre", "apple", "google"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_it_is_a_probability_and_its_reasons_explain_it(events: list[Evidence]) -> None:
    found = weighed(burst(*sorted(events, key=lambda seen: seen.at)), MAIL)

    assert 0 <= found.human <= 1
    assert found.by_person is (found.human >= HALF)
    assert set(found.reasons) <= set(WEIGHTS)
    assert found.reasons or found.by_person
