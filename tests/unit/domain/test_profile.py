"""A profile is a function of the set of touchpoints: order and repeats mean nothing."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.profile import SEEN_KEPT, Profile, remember
from coldframe.domain.touchpoint import Touchpoint, record
from tests.fakes.clock import MONDAY

NAMES = st.sampled_from(["Ada", "Augusta", "A. Lovelace"])
TOPICS = st.dictionaries(st.sampled_from(["baking", "tastings"]), st.sampled_from(["yes", "ok"]))


@st.composite
def touchpoints(draw: st.DrawFn) -> Touchpoint:
    kind = draw(st.sampled_from(["form.submitted", "email.clicked", "tasting.booked"]))
    at = MONDAY + timedelta(seconds=draw(st.integers(0, 4)))
    form = {"fields": {"name": draw(NAMES)}, "consents": draw(TOPICS)}
    data = {"address": "ada@example.com", **(form if kind == "form.submitted" else {})}
    own_id = draw(st.sampled_from("abcdefgh"))
    return record(lead="ada", kind=kind, source="test", received_at=at, data=data, own_id=own_id)


def told(of: list[Touchpoint]) -> Profile | None:
    profile = None
    for each in of:
        after = remember(profile, each, rules=("enter:welcome",))
        profile = replace(after, revision=0)
    return profile


@given(st.lists(touchpoints(), max_size=20, unique_by=lambda each: each.id), st.randoms())
def test_shuffled_and_repeated_touchpoints_make_the_same_profile(
    of: list[Touchpoint], order: Random
) -> None:
    shuffled = [*of, *(each for each in of if order.random() < 0.5)]
    order.shuffle(shuffled)

    assert told(shuffled) == told(of)


@given(st.lists(touchpoints(), max_size=30, unique_by=lambda each: each.id))
def test_memory_is_bounded_and_keeps_the_newest(of: list[Touchpoint]) -> None:
    profile = told(of)

    for kind, newest in (profile.seen if profile else {}).items():
        marks = {(each.occurred_at, each.id) for each in of if kind in (each.kind, "enter:welcome")}
        assert list(newest) == sorted(marks, reverse=True)[:SEEN_KEPT]


@pytest.mark.parametrize("kind", ["form.submitted", "question.answered"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
def test_what_is_filled_in_behind_a_mails_link_gives_way_to_all_other_words(
    kind: str, order: tuple[int, ...]
) -> None:
    """Whenever it was posted, and heard of: the mail may have been passed on."""
    said = [
        post("Ada", kind=kind, minute=1, known=True),
        post("Augusta", kind="form.submitted", minute=2),
        post("Mallory", kind=kind, minute=3, known=True),
    ]

    profile = told([said[number] for number in order])

    assert profile is not None
    assert profile.fields["name"].value == "Augusta"


def test_of_what_is_filled_in_behind_links_the_latest_holds() -> None:
    said = [post("Ada", kind="form.submitted", minute=minute, known=True) for minute in (1, 2)] + [
        post("Augusta", kind="form.submitted", minute=3, known=True)
    ]

    profile = told(said[::-1])

    assert profile is not None
    assert profile.fields["name"].value == "Augusta"


@pytest.mark.parametrize("kind", ["form.submitted", "preferences.changed", "question.answered"])
def test_nobody_comes_to_a_company_by_saying_so(kind: str) -> None:
    fields = {"name": "Mallory", "company_domain": "lovelace.example"}
    said = record(lead="ada", kind=kind, source="form", received_at=MONDAY, data={"fields": fields})

    profile = told([said])

    assert profile is not None
    assert set(profile.fields) == {"name"}


@pytest.mark.parametrize("kind", ["lead.imported", "fields.set"])
def test_an_import_and_a_journey_say_where_a_lead_works(kind: str) -> None:
    fields = {"company_domain": "lovelace.example"}
    said = record(
        lead="ada", kind=kind, source="import", received_at=MONDAY, data={"fields": fields}
    )

    profile = told([said])

    assert profile is not None
    assert set(profile.fields) == {"company_domain"}


def post(name: str, *, kind: str, minute: int, known: bool = False) -> Touchpoint:
    data = {"fields": {"name": name}, **({"known": True} if known else {})}
    at = MONDAY + timedelta(minutes=minute)
    return record(lead="ada", kind=kind, source="test", received_at=at, data=data)


@given(touchpoints(), touchpoints())
def test_a_repeat_leaves_the_very_same_profile(one: Touchpoint, other: Touchpoint) -> None:
    profile = told([one, other])

    assert profile is not None
    assert remember(profile, one, rules=("enter:welcome",)) is profile


def test_of_two_words_at_one_instant_the_greater_id_holds() -> None:
    said = [
        record(
            lead="ada",
            kind="form.submitted",
            source="test",
            received_at=MONDAY,
            data={"fields": {"name": name}, "consents": {}},
        )
        for name in ("Ada", "Augusta")
    ]
    winner = max(said, key=lambda each: each.id)

    for order in (said, said[::-1]):
        profile = told(order)
        assert profile is not None
        assert profile.fields["name"].value == winner.data["fields"]["name"]


def test_an_address_told_later_is_known_all_the_same() -> None:
    out = record(lead="ada", kind="unsubscribed", source="link", received_at=MONDAY)
    form = record(
        lead="ada",
        kind="form.submitted",
        source="test",
        received_at=MONDAY - timedelta(days=1),
        data={"address": "ada@example.com", "fields": {}, "consents": {"baking": "yes"}},
    )

    profile = told([out, form])

    assert profile is not None
    assert profile.address == "ada@example.com"
    assert profile.created_at == MONDAY - timedelta(days=1)
    assert profile.consents == {}
