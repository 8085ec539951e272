"""Who sent whom is a function of the set of touchpoints, and told to the referrer once."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from coldframe.domain.knowing.asking import told_by
from coldframe.domain.merging import joined
from coldframe.domain.profile import Profile
from coldframe.domain.react import react
from coldframe.domain.referral import KEPT, counts, ended
from coldframe.domain.touchpoint import Touchpoint, record
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import REACTIONS

ASKING = replace(REACTIONS, referrals=True)
TESTING = replace(ASKING, testers=("grace@example.com",))
LETTERS = {"letters": "Yes, send me letters."}


def touchpoint(kind: str, *, minute: int = 0, **data: Any) -> Touchpoint:
    at = MONDAY + timedelta(minutes=minute)
    return record(lead="grace", kind=kind, source="test", received_at=at, data=data)


def made(lead: str = "grace", **data: Any) -> Touchpoint:
    told = {"lead": lead, "post": "p", "mailbox": f"mailbox of {lead}", **data}
    return record(
        lead="ada", kind="referral.made", source="test", received_at=MONDAY, data=told, own_id=lead
    )


def posted(minute: int = 0, **data: Any) -> Touchpoint:
    said = {"form": "cake-guide", "address": "grace@example.com", "fields": {}, "consents": {}}
    return touchpoint("form.submitted", minute=minute, **{**said, **data})


def confirmed(minute: int) -> Touchpoint:
    return touchpoint("consent.confirmed", minute=minute, consents=LETTERS, message="m")


def after(*of: Touchpoint, reactions: Any = ASKING) -> tuple[Profile, list[Touchpoint]]:
    """What is known in the end, and what the referrer was told."""
    profile: Profile | None = None
    told: list[Touchpoint] = []
    for each in of:
        reaction = react(profile, each, reactions)
        profile = reaction.profile
        told += [each for each in reaction.derived if each.kind == "referral.made"]
    assert profile is not None
    return profile, told


def test_the_referrer_is_told_under_its_own_name() -> None:
    profile, told = after(posted(referrer="ada", mailbox="m1"))

    assert told_by(profile)["referred_by"] == "ada"
    assert [(each.lead, each.data["lead"], each.data["mailbox"]) for each in told] == [
        ("ada", "grace", "m1")
    ]


def test_a_form_that_asks_back_counts_once_it_was_confirmed() -> None:
    asked = posted(referrer="ada", confirm=True, consents=LETTERS)

    waiting, nobody = after(asked)
    _, told = after(asked, confirmed(minute=60), confirmed(minute=90))

    assert told_by(waiting)["referred_by"] == "ada"
    assert nobody == []
    assert [each.occurred_at for each in told] == [MONDAY + timedelta(hours=1)]


def test_nobody_is_told_of_a_history() -> None:
    _, told = after(replace(posted(referrer="ada"), history=True))

    assert told == []


def test_clients_that_ask_for_no_referrals_keep_none() -> None:
    profile, told = after(posted(referrer="ada"), reactions=REACTIONS)

    assert told == []
    assert "referred_by" not in told_by(profile)


def test_who_was_known_before_anybody_asked_is_not_new() -> None:
    known, _ = after(posted(), reactions=REACTIONS)

    reaction = react(known, posted(minute=5, referrer="ada"), ASKING)

    assert reaction.derived == ()
    assert reaction.profile is not None
    assert "referred_by" not in told_by(reaction.profile)


@pytest.mark.parametrize(
    "of",
    [
        (posted(0), posted(5, referrer="ada"), confirmed(9)),
        (posted(0, referrer="ada", confirm=True), posted(5, referrer="joan"), confirmed(9)),
        (
            posted(0, referrer="ada"),
            posted(3),
            ended(made()),
        ),
        (posted(0, referrer="ada"), touchpoint("page.viewed", minute=-5, path="/prices")),
        (posted(0, referrer="ada"), posted(0, referrer="joan"), posted(0)),
    ],
    ids=["known first", "two links", "ended", "a visit before", "at one instant"],
)
def test_what_is_known_does_not_depend_on_the_order(of: tuple[Touchpoint, ...]) -> None:
    found = [told_by(after(*order)[0]).get("referred_by") for order in permutations(of)]

    assert len(set(found)) == 1


def referrer(*came: Touchpoint, **more: Any) -> Profile:
    start = Profile(lead="ada", address="ada@example.com", created_at=MONDAY)
    profile: Profile | None = start
    for each in came:
        profile = react(profile, each, ASKING).profile
    assert profile is not None
    return replace(profile, **more)


def test_each_mailbox_counts_once() -> None:
    ada = referrer(made("grace"), made("joan"))

    assert told_by(ada)["referrals"] == 2
    assert counts(made("joan"), ada)
    assert not counts(made("joan-again", mailbox="mailbox of joan"), ada)


def test_a_tester_counts_for_a_tester() -> None:
    assert not counts(made(test=True), referrer())
    assert counts(made(test=True), referrer(test=True))


def test_an_identity_of_the_referrer_s_own_counts_for_nothing() -> None:
    assert not counts(made("grace"), referrer(aliases=("grace",)))
    assert told_by(referrer(made("grace"), aliases=("grace",)))["referrals"] == 0


def test_of_two_who_are_one_the_earlier_says_who_sent_it() -> None:
    early, _ = after(posted(0))
    late, _ = after(posted(5, referrer="joan"))
    other = replace(late, lead="grace-2")

    both = joined(replace(early, referring=replace(early.referring, made={})), other, [])

    assert "referred_by" not in told_by(both)
    assert both.aliases == ("grace-2",)


def test_what_is_no_post_tells_of_no_link() -> None:
    """A server's own data may hold whatever it calls so."""
    bought = touchpoint("purchase.made", address="grace@example.com", referrer="ada")

    profile, told = after(bought)

    assert told == []
    assert "referred_by" not in told_by(profile)


def test_an_address_that_is_only_offered_makes_nobody_known() -> None:
    offered = touchpoint("address.offered", address="grace@example.com")

    profile, _ = after(offered, posted(5, referrer="ada"))

    assert told_by(profile)["referred_by"] == "ada"


def test_a_tester_says_so_and_a_chain_of_causes_grows() -> None:
    tested, (told,) = after(posted(referrer="ada", form="cake-guide"), reactions=TESTING)
    _, (deeper,) = after(replace(posted(referrer="ada"), depth=3))

    assert tested.test
    assert told.data["test"] is True
    assert deeper.depth == 4


def test_nothing_that_it_was_judged_by_outlives_a_referral_that_was_none() -> None:
    profile, _ = after(posted(referrer="ada", mailbox="m1", visitor="v1"), ended(made()))

    assert "v1" not in str(profile.referring)
    assert "ada" not in str(profile.referring)


def test_who_was_sent_counts_for_nobody_whom_it_sent() -> None:
    sent = replace(referrer().referring, referrer="grace")

    assert not counts(made("grace"), referrer(referring=sent))


def of_a_mailbox(lead: str, minute: int, mailbox: str = "one") -> Touchpoint:
    at = MONDAY + timedelta(minutes=minute)
    return replace(made(lead, mailbox=mailbox), occurred_at=at, received_at=at)


def test_the_first_of_a_mailbox_counts_in_whatever_order_they_come() -> None:
    early, late = of_a_mailbox("grace", 0), of_a_mailbox("joan", 5)
    one, other = referrer(early), referrer(late)

    assert referrer(early, late).referring.made == referrer(late, early).referring.made
    assert joined(one, other, []).referring.made == one.referring.made
    assert joined(other, one, []).referring.made == one.referring.made


def test_of_very_many_the_newest_are_kept() -> None:
    came = [of_a_mailbox(f"lead {each}", each, f"mailbox {each}") for each in range(KEPT + 5)]
    ada = referrer(*came)

    assert told_by(ada)["referrals"] == KEPT
    assert came[-1].data["mailbox"] in ada.referring.made
    assert came[0].data["mailbox"] not in ada.referring.made
