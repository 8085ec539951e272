"""Whose a browser is: from when, until when, and by whose word."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import (
    CONSENT_CONFIRMED,
    EMAIL_CLICKED,
    FORM_SUBMITTED,
    KNOWN,
    VISITOR_IDENTIFIED,
    Touchpoint,
    record,
)
from coldframe.domain.visitor import Identified, Name, NamedBy, name_in
from tests.fakes.clock import MONDAY

MS, HOUR = timedelta(milliseconds=1), timedelta(hours=1)
ADAS = Identified(lead="ada", since=MONDAY, until=MONDAY + HOUR)


def told(kind: str, **data: Any) -> Touchpoint:
    return record(lead="ada", kind=kind, source="web", received_at=MONDAY, data=data)


def name(by: NamedBy, since: datetime | None) -> Name:
    return Name(at=MONDAY, since=since, by=by)


def test_a_visit_is_the_leads_from_its_name_on_until_somebody_else_is_named() -> None:
    assert not ADAS.owns(MONDAY - MS)
    assert ADAS.owns(MONDAY)
    assert ADAS.owns(MONDAY + HOUR)
    assert not ADAS.owns(MONDAY + HOUR + MS)
    assert replace(ADAS, since=None).owns(MONDAY - 99 * HOUR)


def test_only_the_first_post_that_we_hear_of_brings_the_past() -> None:
    post = told(FORM_SUBMITTED)

    assert name_in(post, new=True) == name(NamedBy.FORM, None)
    assert name_in(post, new=False) == name(NamedBy.FORM, MONDAY)


def test_a_confirmed_post_brings_the_past_and_a_link_what_came_after_it_was_followed() -> None:
    followed = told(VISITOR_IDENTIFIED, followed=text_of(MONDAY - HOUR))

    confirmed = name_in(told(CONSENT_CONFIRMED), new=False)
    assert confirmed == replace(name(NamedBy.FORM, None), confirmed=True)
    assert name_in(followed, new=True) == name(NamedBy.LINK, MONDAY - HOUR)


@pytest.mark.parametrize("says", [told(FORM_SUBMITTED, **{KNOWN: True}), told(EMAIL_CLICKED)])
def test_who_came_by_a_mail_that_may_have_been_passed_on_names_no_browser(says: Touchpoint) -> None:
    assert name_in(says, new=True) is None


def test_the_same_evidence_again_reaches_back_to_the_earlier_and_no_further() -> None:
    for since in (MONDAY - HOUR, MONDAY + HOUR):
        again = ADAS.named_again(name(NamedBy.FORM, since))
        assert again == replace(ADAS, since=min(since, MONDAY))


def test_a_post_and_a_read_mail_at_one_browser_bring_the_past() -> None:
    assert ADAS.named_again(name(NamedBy.LINK, MONDAY)).since is None
    assert replace(ADAS, since=None).named_again(name(NamedBy.FORM, MONDAY)).since is None
