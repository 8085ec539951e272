"""Zone and language: what the lead says, then its browser, then its country, then the client's."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from coldframe.domain.knowing.asking import told_by
from coldframe.domain.known_facts import lead_zone
from coldframe.domain.languages import language_of
from coldframe.domain.profile import Profile, remember
from coldframe.domain.told import Known
from coldframe.domain.touchpoint import FORM_SUBMITTED, record
from coldframe.domain.whereabouts import DIALLED, ONE_LANGUAGE, ONE_ZONE, country_of, zone_told
from tests.fakes.playbook import BAKERY, MAILS

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def lead(browser: str = "", **fields: str) -> Profile:
    def known(value: str) -> Known:
        return Known(value=value, at=NOON, by="t")

    return Profile(
        lead="ada",
        address="ada@example.com",
        created_at=NOON,
        fields={name: known(value) for name, value in fields.items()},
        browser={"zone": known(browser), "language": known("fr-CA")} if browser else {},
    )


@pytest.mark.parametrize(
    ("profile", "zone", "source"),
    [
        (lead("America/Toronto", zone="Asia/Tokyo", country="AT"), "Asia/Tokyo", "field"),
        (lead("America/Toronto", country="AT"), "America/Toronto", "browser"),
        (lead(country="at", phone="+81312345678"), "Europe/Vienna", "country"),
        (lead(phone="+81312345678"), "Asia/Tokyo", "country"),
        (lead(phone="+12125550100"), "Europe/Zurich", None),
        (lead(country="US", phone="+4312345678"), "Europe/Zurich", None),
        (lead(), "Europe/Zurich", None),
    ],
)
def test_the_zone_is_the_first_that_is_known_and_says_how(
    profile: Profile, zone: str, source: str | None
) -> None:
    assert str(lead_zone(profile, BAKERY)) == zone
    assert told_by(profile).get("zone_source") == source


def test_a_zone_that_is_none_leaves_the_clients() -> None:
    assert str(lead_zone(lead("Nowhere/At_All"), BAKERY)) == BAKERY.zone


@pytest.mark.parametrize(
    ("profile", "language"),
    [
        (lead("America/Toronto", language="de"), "de"),
        (lead("America/Toronto", country="DE"), "fr"),
        (lead(country="AT"), "de"),
        (lead(country="CH"), "en"),
        (lead(), "en"),
    ],
)
def test_the_language_is_the_first_that_is_known(profile: Profile, language: str) -> None:
    mail = replace(MAILS["guide"], language="en", translations={"de": (), "fr": ()})

    assert language_of(mail, profile, BAKERY) == language


def test_what_the_browser_said_last_holds_in_every_order() -> None:
    def post(hour: int, zone: str) -> object:
        return record(
            lead="ada",
            kind=FORM_SUBMITTED,
            source="form:f",
            received_at=NOON.replace(hour=hour),
            data={
                "address": "a@b.example",
                "fields": {},
                "consents": {},
                "browser": {"zone": zone},
            },
        )

    posts = [post(12, "Europe/Rome"), post(14, "Asia/Tokyo"), post(13, "Europe/Paris")]
    for order in permutations(posts):
        profile: Profile | None = None
        for each in order:
            profile = remember(profile, each, rules=())  # type: ignore[arg-type]  # they are
        assert profile
        assert zone_told(profile) == ("Asia/Tokyo", "browser")


def test_every_zone_exists_and_every_calling_code_is_of_a_known_country() -> None:
    for zone in ONE_ZONE.values():
        assert ZoneInfo(zone)
    assert set(DIALLED.values()) == set(ONE_ZONE)
    assert set(ONE_LANGUAGE) <= set(ONE_ZONE)
    assert country_of(lead(phone="+4312345678")) == "AT"
