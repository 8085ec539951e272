"""Two addresses of one person, in the table: merged, mailed once, told whole, erased whole."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from coldframe.adapters.links import SignedLinks
from coldframe.adapters.records import DynamoRecords
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.enrolment import EndReason
from coldframe.domain.instants import text_of
from coldframe.domain.lead import lead_id
from coldframe.domain.merging import linked
from coldframe.domain.record import LeadRecord
from tests.integration.account import TABLE
from tests.integration.mails import tags_of
from tests.integration.requests import URLENCODED, request
from tests.integration.world import START, World

ADA = {"email": "ada@example.com", "first_name": "Ada", "letters": "yes"}
WORK = {"email": "ada@work.example", "first_name": "Countess", "letters": "yes"}
DATA = "/preferences/{token}"


def id_of(world: World, face: dict[str, str]) -> str:
    return lead_id(world.account.keys().id, face["email"])


def table(world: World) -> Table:
    return Table(world.account.aws("dynamodb"), TABLE)


def merge(world: World, one: str, other: str) -> None:
    asked = linked(one, other, why="one person", by="operator", at=world.now)
    DynamoTouchpoints(table(world)).append(asked)


def person(world: World, face: dict[str, str]) -> LeadRecord:
    return DynamoRecords(table(world)).get(id_of(world, face))


def data(world: World, lead: str, action: str) -> dict[str, Any]:
    valid = text_of(world.now + timedelta(hours=24))
    token = SignedLinks(world.account.keys).sign("data", lead=lead, target=valid)
    asked = request(
        "POST",
        DATA,
        path={"token": token},
        body=f"action={action}".encode(),
        content_type=URLENCODED,
    )
    return world.http("choose_preferences", asked)


@pytest.fixture
def merged(world: World) -> World:
    """She asked for the guide by both addresses, and was then found to be one."""
    world.post(ADA)
    world.pass_time(START + timedelta(hours=2))
    world.post(WORK)
    world.pass_time(START + timedelta(hours=4))
    merge(world, id_of(world, WORK), id_of(world, ADA))
    world.pass_time(START + timedelta(hours=6))
    return world


def test_both_are_one_record_and_one_passage_goes_on(merged: World) -> None:
    one, other = person(merged, ADA), person(merged, WORK)

    assert one == other
    assert [each.address for each in one.identities] == [WORK["email"]]
    assert one.identities[0].due_at is None
    assert one.profile is not None
    assert one.profile.fields["first_name"].value == "Countess"
    reasons = {each.lead: each.reason for each in one.enrolments if each.journey == "welcome"}
    assert reasons == {id_of(merged, ADA): "", id_of(merged, WORK): EndReason.MERGED}


def test_from_then_on_each_mail_comes_once_and_to_the_older_address(merged: World) -> None:
    before = len(merged.mails)
    merged.pass_time(START + timedelta(days=20))

    later = [each for each in merged.mails[before:] if not tags_of(each)["mail"].startswith("_")]

    assert later
    assert {each["Destination"]["ToAddresses"][0] for each in later} == {ADA["email"]}
    names = [tags_of(each)["mail"] for each in later]
    assert len(names) == len(set(names))


def test_an_old_link_of_the_other_address_unsubscribes_the_person(merged: World) -> None:
    of_work = next(
        each for each in merged.mails if each["Destination"]["ToAddresses"] == [WORK["email"]]
    )
    merged.unsubscribe(of_work)
    merged.settle()
    before = len(merged.mails)

    merged.pass_time(START + timedelta(days=20))

    assert person(merged, ADA).gate.unsubscribed_at is not None
    assert len(merged.mails) == before


def test_an_old_preference_page_shows_and_changes_the_persons_choices(merged: World) -> None:
    token = SignedLinks(merged.account.keys).sign("preferences", lead=id_of(merged, WORK))
    shown = merged.http("choose_preferences", request("GET", DATA, path={"token": token}))
    assert re.search(r'name="[^"]*letters" value="on" checked', shown["body"])

    asked = request(
        "POST",
        DATA,
        path={"token": token},
        body=b"action=save&a_week=2",
        content_type=URLENCODED,
    )
    merged.http("choose_preferences", asked)

    gate = person(merged, ADA).gate
    assert gate.preferences is not None
    assert gate.preferences.a_week == 2


def test_a_download_tells_of_all_identities(merged: World) -> None:
    told = json.loads(data(merged, id_of(merged, WORK), "download")["body"])

    assert told["profile"][0]["address"] == ADA["email"]
    assert [each["address"] for each in told["identities"]] == [WORK["email"]]
    (other,) = told["other_identities"]
    assert other["messages"]
    assert WORK["email"] in json.dumps(other["touchpoints"])


@pytest.mark.parametrize("by", [ADA, WORK])
def test_erased_by_either_all_of_the_person_is_gone(merged: World, by: dict[str, str]) -> None:
    answer = data(merged, id_of(merged, by), "erase")
    merged.settle()

    left = [item for item in merged.account.items() if item["pk"]["S"].startswith("L#")]
    assert answer["statusCode"] == 200
    assert {item["sk"]["S"] for item in left} == {"P", "G"}
    assert "example" not in json.dumps(left)
    assert not any("moved_to" in item for item in left)


def test_who_comes_anew_by_the_other_address_is_a_lead_of_its_own(merged: World) -> None:
    data(merged, id_of(merged, ADA), "erase")
    merged.now += timedelta(hours=1)

    merged.post({**WORK, "first_name": "Augusta"})
    merged.settle()

    anew = person(merged, WORK)
    assert anew.lead == id_of(merged, WORK)
    assert anew.profile is not None
    assert anew.profile.address == WORK["email"]
