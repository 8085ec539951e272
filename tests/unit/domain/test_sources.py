"""First and last touch: the same in whatever order we hear of them."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from coldframe.domain.knowing.asking import told_by
from coldframe.domain.profile import Profile, remember
from coldframe.domain.sources import Touch, touch_of
from coldframe.domain.touchpoint import FORM_SUBMITTED, PAGE_VIEWED, Touchpoint, record

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SITES = ("https://www.lindenbakery.example",)


@pytest.mark.parametrize(
    ("words", "referrer", "touch"),
    [
        ({"utm_source": " Google ", "utm_medium": "CPC"}, "", Touch(source="google", medium="cpc")),
        ({"utm_campaign": "Autumn"}, "", Touch(source="direct", campaign="autumn")),
        ({}, "", Touch(source="direct")),
        ({}, None, Touch(source="direct")),
        ({}, 7, Touch(source="direct")),
        ({}, "https://[::1", Touch(source="direct")),
        ({}, "https://www.example.org", Touch(source="example.org", medium="referral")),
        ({}, "https://www.lindenbakery.example", None),
        ({"utm_source": "letter"}, "https://www.lindenbakery.example", Touch(source="letter")),
        ({"utm_source": "x" * 300}, "", Touch(source="x" * 100)),
        ({"utm_source": "a\u202eb"}, "", Touch(source="direct")),
        ({"utm_source": ["google"]}, "", Touch(source="direct")),
    ],
)
def test_a_campaigns_own_words_come_before_the_page_before(
    words: dict[str, object], referrer: object, touch: Touch | None
) -> None:
    assert touch_of(words, referrer, SITES) == touch


def view(minutes: int, source: str, **more: object) -> Touchpoint:
    at = NOON + timedelta(minutes=minutes)
    told = {"path": "/", "source": source, **more}
    return record(
        lead="ada", kind=PAGE_VIEWED, source="web", received_at=at, data=told, own_id=str(minutes)
    )


def post(minutes: int, **data: object) -> Touchpoint:
    at = NOON + timedelta(minutes=minutes)
    told = {"form": "f", "address": "ada@example.com", "fields": {}, "consents": {}, **data}
    return record(lead="ada", kind=FORM_SUBMITTED, source="form:f", received_at=at, data=told)


def known(touchpoints: tuple[Touchpoint, ...]) -> dict[str, object]:
    profile: Profile | None = None
    for each in touchpoints:
        profile = remember(profile, each, rules=())
    assert profile
    facts = told_by(profile)
    names = ("source", "first_source", "first_campaign", "last_source", "last_medium")
    return {name: facts.get(name) for name in names}


HISTORY = (
    view(0, "google", medium="cpc", campaign="autumn"),
    view(10, "example.org", medium="referral"),
    view(20, "direct"),
    post(30, source="direct"),
)


def test_in_every_order_the_first_and_the_last_are_the_same() -> None:
    found = [known(order) for order in permutations((*HISTORY, HISTORY[1]))]

    assert found == [found[0]] * len(found)
    assert found[0] == {
        "source": "google",
        "first_source": "google",
        "first_campaign": "autumn",
        "last_source": "example.org",
        "last_medium": "referral",
    }


def test_a_form_may_remember_an_earlier_touch_than_any_visit_that_is_kept() -> None:
    first = {"source": "instagram", "medium": "social", "at": "2026-08-01T09:00:00.000Z"}

    assert known((view(0, "google"), post(5, first=first)))["first_source"] == "instagram"


def test_what_a_form_remembers_is_never_later_than_the_form() -> None:
    first = {"source": "instagram", "at": "2036-08-01T09:00:00.000Z"}

    found = known((post(5, first=first), view(9, "google")))

    assert (found["first_source"], found["last_source"]) == ("instagram", "google")


def test_a_lead_of_whom_nobody_knows_where_it_came_from_has_no_source() -> None:
    assert known((post(0),))["source"] is None
