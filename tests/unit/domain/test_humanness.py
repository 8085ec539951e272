"""The number that says how probably a person was at work, and what speaks against it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.evidence import Burst, Evidence
from coldframe.domain.humanness import FOR, HALF, WEIGHTS, Reason, weighed
from coldframe.domain.message import TRAP, WAY_OUT, Message, MessageState
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
        (replace(FOLLOW, at=MONDAY + timedelta(seconds=11)), Reason.EARLY),
        (replace(OPEN, agent="GoogleImageProxy"), Reason.GMAIL),
    ],
)
def test_a_weak_sign_alone_doesnt(seen: Evidence, reason: Reason) -> None:
    found = weighed(burst(seen), MAIL)

    assert found.reasons == (reason,)
    assert found.by_person


def test_weak_signs_add_up() -> None:
    seen = replace(FOLLOW, at=MONDAY + timedelta(seconds=50), network="datacentre")

    assert not weighed(burst(seen), MAIL).by_person
    assert weighed(burst(replace(seen, at=MONDAY + timedelta(seconds=61))), MAIL).by_person


@pytest.mark.parametrize(("requested", "reason"), [(True, "SOON"), (False, "UNEXPECTED")])
def test_who_waits_for_a_mail_may_follow_its_link_at_once_others_hardly(
    reason: str, *, requested: bool
) -> None:
    mail = replace(MAIL, requested=requested)

    found = weighed(burst(replace(FOLLOW, at=MONDAY + timedelta(seconds=5))), mail)

    assert found.reasons == (Reason[reason],)
    assert found.by_person is requested


UNSURE = replace(FOLLOW, at=MONDAY + timedelta(seconds=8))
"""A link of a mail that nobody waited for."""


def test_a_page_that_tells_of_the_visit_settles_a_doubt() -> None:
    found = weighed(burst(UNSURE), MAIL, landed=True)

    assert found.reasons == (Reason.LANDED, Reason.UNEXPECTED)
    assert found.by_person


@pytest.mark.parametrize(
    "seen",
    [
        (replace(UNSURE, link=TRAP),),
        (replace(UNSURE, method="HEAD"),),
        (replace(UNSURE, network="scanner"),),
        (UNSURE, replace(UNSURE, link=1), replace(UNSURE, link=2)),
    ],
    ids=["the trap", "headers only", "a scanner's network", "every link at once"],
)
def test_no_page_makes_a_person_of_what_showed_itself_a_machine(seen: tuple[Evidence, ...]) -> None:
    assert not weighed(burst(*seen), MAIL, landed=True).by_person


@pytest.mark.parametrize(
    ("seconds", "agent", "by_person"),
    [(3, FIREFOX, True), (7, FIREFOX, False), (3, "Mozilla/5.0", False)],
    ids=["looked at first", "fetched with the link", "fetched by Apple's proxy"],
)
def test_a_picture_that_was_looked_at_before_speaks_for_a_person(
    seconds: int, agent: str, *, by_person: bool
) -> None:
    picture = replace(OPEN, at=MONDAY + timedelta(seconds=seconds), agent=agent)

    assert weighed(burst(picture, UNSURE), MAIL).by_person is by_person


@pytest.mark.parametrize(("apart", "reason"), [(1, "TWO_AT_ONCE"), (9, "EVERY_LINK")])
def test_the_way_out_makes_two_links_of_one(apart: int, reason: str) -> None:
    """A plain mail with one link: whatever follows all of it follows that, too."""
    plain = replace(MAIL, links=1)
    out = replace(FOLLOW, at=LATER + timedelta(seconds=apart), link=WAY_OUT, agent="curl/8")

    found = weighed(burst(FOLLOW, out), plain)

    assert Reason[reason] in found.reasons
    assert Reason.AGENT not in found.reasons
    assert not found.by_person


def test_who_follows_one_of_three_links_and_then_wants_out_is_a_person() -> None:
    out = replace(FOLLOW, at=LATER + timedelta(seconds=9), link=WAY_OUT)

    assert weighed(burst(FOLLOW, out), MAIL).by_person


def test_the_way_out_is_none_of_the_mails_links() -> None:
    """Who follows one of two and then wants out didn't follow every link."""
    out = replace(FOLLOW, at=LATER + timedelta(seconds=9), link=WAY_OUT)

    assert weighed(burst(FOLLOW, out), replace(MAIL, links=2)).reasons == ()


def test_a_page_settles_nothing_where_there_is_no_doubt() -> None:
    assert weighed(burst(FOLLOW), MAIL, landed=True) == weighed(burst(FOLLOW), MAIL)


def test_who_waits_for_a_mail_may_follow_its_link_within_the_minute() -> None:
    soon = burst(replace(FOLLOW, at=MONDAY + timedelta(seconds=40)))

    assert weighed(soon, replace(MAIL, requested=True)).reasons == ()
    assert weighed(soon, MAIL).reasons == (Reason.EARLY,)


def test_a_proxys_picture_doesnt_make_the_persons_click_its_own() -> None:
    assert weighed(burst(replace(OPEN, agent="Mozilla/5.0"), FOLLOW), MAIL).by_person


def test_more_than_two_events_within_a_second_are_no_person_whatever_they_are() -> None:
    found = weighed(burst(OPEN, OPEN, FOLLOW), MAIL)

    assert Reason.RATTLED in found.reasons
    assert not found.by_person


@given(
    events=st.lists(
        st.builds(
            Evidence,
            at=st.integers(0, 19).map(lambda seconds: LATER + timedelta(seconds=seconds)),
            link=st.sampled_from([None, TRAP, WAY_OUT, 0, 1, 2]),
            agent=st.sampled_from([FIREFOX, "curl/8", "Mozilla/5.0", ""]),
            is_bot=st.booleans(),
            method=st.sampled_from(["GET", "HEAD"]),
            network=st.sampled_from(["", "scanner", "datacentre", "apple", "google"]),
        ),
        min_size=1,
        max_size=6,
    ),
    landed=st.booleans(),
)
def test_it_is_a_probability_and_its_reasons_explain_it(
    events: list[Evidence], *, landed: bool
) -> None:
    found = weighed(burst(*sorted(events, key=lambda seen: seen.at)), MAIL, landed=landed)

    assert 0 <= found.human <= 1
    assert found.by_person is (found.human >= HALF)
    assert set(found.reasons) <= {*WEIGHTS, *FOR}
    assert found.reasons or found.by_person
