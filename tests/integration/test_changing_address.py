"""A lead changes its address on its own page: confirmed at the new one, and by nobody else."""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from coldframe.adapters.attributes import decoded_item
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.links import SignedLinks
from coldframe.adapters.records import DynamoRecords
from coldframe.adapters.table import Table
from coldframe.domain.gate import Prohibition
from coldframe.domain.lead import lead_id
from coldframe.domain.record import LeadRecord
from tests.integration.account import TABLE
from tests.integration.mails import Mail, tags_of, text_of
from tests.integration.requests import URLENCODED, request
from tests.integration.world import START, World

ADA = {"email": "ada@example.com", "first_name": "Ada", "letters": "yes"}
NEW = "ada@lovelace.example"
PREFERENCES = "/preferences/{token}"
CONFIRM = "/confirm/{token}"


def id_of(world: World, address: str) -> str:
    return lead_id(world.account.keys().id, address)


def table(world: World) -> Table:
    return Table(world.account.aws("dynamodb"), TABLE)


def person(world: World, address: str) -> LeadRecord:
    return DynamoRecords(table(world)).get(id_of(world, address))


def ask(world: World, address: str) -> dict[str, Any]:
    token = SignedLinks(world.account.keys).sign("preferences", lead=id_of(world, ADA["email"]))
    posted = request(
        "POST",
        PREFERENCES,
        path={"token": token},
        body=urlencode({"action": "address", "address": address}).encode(),
        content_type=URLENCODED,
    )
    answer = world.http("choose_preferences", posted)
    world.settle()
    return answer


def mailed(world: World, name: str) -> Mail:
    """The broadcasts' function is invoked by name, which only a cloud does."""
    for item in map(decoded_item, world.account.items()):
        if item["sk"].startswith("D#") and item.get("data", {}).get("mail") == name:
            lead = item["pk"].removeprefix("L#")
            asked = {"broadcast": name, "scheduled_at": item["at"], "lead": lead}
            world.functions("send_broadcast", asked)
    world.settle()
    return world.mails_of(name)[-1]


def follow(world: World, mail: Mail, method: str = "POST") -> dict[str, Any]:
    token = re.findall(r"/confirm/([\w.-]+)", text_of(mail))[0]
    answer = world.http("confirm_consent", request(method, CONFIRM, path={"token": token}))
    world.settle()
    return answer


def recipients(mail: Mail) -> list[str]:
    return list(mail["Destination"]["ToAddresses"])


@pytest.fixture
def known(world: World) -> World:
    world.post(ADA)
    world.pass_time(START + timedelta(hours=1))
    return world


def test_the_new_address_is_asked_and_looking_changes_nothing(known: World) -> None:
    answer = ask(known, f" {NEW.upper()} ")
    mail = mailed(known, "_new-address")

    before = sorted(map(str, known.account.items()))
    shown = follow(known, mail, "GET")

    assert answer["statusCode"] == 200
    assert recipients(mail) == [NEW]
    assert "a•••@example.com" in shown["body"]
    assert sorted(map(str, known.account.items())) == before
    assert person(known, ADA["email"]).profile.address == ADA["email"]  # type: ignore[union-attr]  # it is known


def test_confirmed_the_lead_is_known_by_it_and_the_old_address_is_told(known: World) -> None:
    ask(known, NEW)
    answer = follow(known, mailed(known, "_new-address"))
    told = mailed(known, "_old-address")
    before = len(known.mails)
    known.pass_time(START + timedelta(days=20))

    one = person(known, NEW)

    assert answer["statusCode"] == 200
    assert one == person(known, ADA["email"])
    assert one.profile is not None
    assert (one.profile.lead, one.profile.address) == (id_of(known, ADA["email"]), NEW)
    assert recipients(told) == [ADA["email"]]
    later = [each for each in known.mails[before:] if not tags_of(each)["mail"].startswith("_")]
    assert {address for each in later for address in recipients(each)} == {NEW}


def test_posts_by_either_address_are_the_same_leads(known: World) -> None:
    ask(known, NEW)
    follow(known, mailed(known, "_new-address"))

    known.post({"email": NEW, "first_name": "Countess"})
    known.settle()

    record = person(known, ADA["email"])
    assert record.profile is not None
    assert record.profile.fields["first_name"].value == "Countess"
    assert {each.address for each in record.identities} == {NEW}


def test_an_address_that_is_a_lead_already_is_merged_in(known: World) -> None:
    known.post({"email": NEW, "first_name": "Augusta"})
    known.pass_time(START + timedelta(hours=2))

    ask(known, NEW)
    follow(known, mailed(known, "_new-address"))

    record = person(known, NEW)
    assert record.profile is not None
    assert record.lead == id_of(known, ADA["email"])
    assert record.profile.address == NEW
    assert record.profile.fields["first_name"].value == "Augusta"


def test_bounces_are_each_addresss_own(known: World) -> None:
    gates, old = DynamoGates(table(known)), id_of(known, ADA["email"])
    ask(known, NEW)
    mail = mailed(known, "_new-address")
    gates.forbid(old, Prohibition.BOUNCED, known.now)
    follow(known, mail)
    assert person(known, NEW).gate.bounced_at is None

    gates.forbid(old, Prohibition.BOUNCED, known.now, mailed_at=START)
    assert person(known, NEW).gate.bounced_at is None

    later = known.now + timedelta(hours=1)
    gates.forbid(old, Prohibition.BOUNCED, later, mailed_at=later)
    assert person(known, NEW).gate.bounced_at == later


def test_only_the_address_named_last_can_be_confirmed(known: World) -> None:
    ask(known, NEW)
    first = mailed(known, "_new-address")
    known.now += timedelta(minutes=5)
    ask(known, "ada@home.example")

    answer = follow(known, first)

    assert answer["statusCode"] == 410
    assert person(known, ADA["email"]).identities == ()


def test_a_link_older_than_a_day_changes_nothing(known: World) -> None:
    ask(known, NEW)
    mail = mailed(known, "_new-address")
    known.now += timedelta(hours=25)

    assert follow(known, mail)["statusCode"] == 410
    assert person(known, ADA["email"]).identities == ()


def test_the_old_addresss_notice_holds_one_button_that_takes_it_all_back(known: World) -> None:
    ask(known, NEW)
    follow(known, mailed(known, "_new-address"))
    notice = mailed(known, "_old-address")

    before = sorted(map(str, known.account.items()))
    shown = follow(known, notice, "GET")
    assert sorted(map(str, known.account.items())) == before
    assert "a•••@lovelace.example" in shown["body"]
    assert NEW not in shown["body"]
    known.now += timedelta(days=6)
    answers = [follow(known, notice), follow(known, notice), follow(known, notice, "GET")]

    assert [answer["statusCode"] for answer in answers] == [200, 200, 200]
    record = person(known, ADA["email"])
    assert record.profile is not None
    assert record.profile.address == ADA["email"]
    assert [each.kind for each in record.touchpoints].count("identity.linked") == 2
    assert "changed back lately" in ask(known, "mallory@evil.example")["body"]


def test_too_many_new_addresses_in_a_day_are_refused_clearly(known: World) -> None:
    for number in range(3):
        assert ask(known, f"stranger{number}@example.com")["statusCode"] == 200

    answer = ask(known, "stranger3@example.com")

    assert answer["statusCode"] == 429
    assert "too many new addresses" in answer["body"]


@pytest.mark.parametrize("wrong", ["", "ada", "ada@", "ada@@example.com", "a" * 400 + "@x.example"])
def test_what_is_no_address_is_said_to_be_none_and_leaves_no_trace(
    known: World, wrong: str
) -> None:
    before = sorted(map(str, known.account.items()))

    answer = ask(known, wrong)

    assert answer["statusCode"] == 422
    assert sorted(map(str, known.account.items())) == before


def test_whoever_reads_the_mail_at_a_wrong_address_learns_and_ends_nothing(known: World) -> None:
    ask(known, NEW)
    mail = mailed(known, "_new-address")
    way_out = mail["Content"]["Simple"]["Headers"][0]["Value"]
    token = re.findall(r"/unsubscribe/([\w.-]+)", way_out)[0]
    known.http("unsubscribe", request("POST", "/unsubscribe/{token}", path={"token": token}))
    known.settle()

    record = person(known, ADA["email"])

    assert record.gate.unsubscribed_at is None
    assert ADA["email"] not in json.dumps(mail)
    assert DynamoGates(table(known)).get(id_of(known, NEW)).unsubscribed_at is not None


def test_for_a_week_nobody_is_mailed_the_way_to_the_leads_data(known: World) -> None:
    """Whoever was forwarded a mail may have changed the address."""
    ask(known, NEW)
    follow(known, mailed(known, "_new-address"))

    at_once = ask_for_data(known)
    mails = [tags_of(each)["mail"] for each in known.mails]
    known.pass_time(START + timedelta(days=8))
    later = ask_for_data(known)

    assert "A week after that" in at_once["body"]
    assert "_your-data" not in mails
    assert "A link is on its way" in later["body"]
    assert recipients(mailed(known, "_your-data")) == [NEW]


def test_the_old_address_is_told_however_much_was_asked_for_there(known: World) -> None:
    ask(known, NEW)
    mail = mailed(known, "_new-address")
    for number in range(3):
        known.post({**ADA, "first_name": f"Ada {number}"})
    follow(known, mail)

    assert recipients(mailed(known, "_old-address")) == [ADA["email"]]


def ask_for_data(world: World) -> dict[str, Any]:
    token = SignedLinks(world.account.keys).sign("preferences", lead=id_of(world, ADA["email"]))
    body = urlencode({"action": "data"}).encode()
    path = {"token": token}
    posted = request("POST", PREFERENCES, path=path, body=body, content_type=URLENCODED)
    answer = world.http("choose_preferences", posted)
    world.settle()
    return answer


@pytest.mark.parametrize("action", ["download", "erase"])
def test_a_link_to_the_new_addresss_own_data_does_not_open_the_others(
    known: World, action: str
) -> None:
    """Whoever was forwarded a mail may be a lead as well, and have that link ready."""
    known.post({"email": NEW, "first_name": "Mallory"})
    known.settle()
    ends = (known.now + timedelta(hours=24)).isoformat()
    token = SignedLinks(known.account.keys).sign("data", lead=id_of(known, NEW), target=ends)
    ask(known, NEW)
    follow(known, mailed(known, "_new-address"))
    before = sorted(map(str, known.account.items()))

    body = urlencode({"action": action}).encode()
    posted = request("POST", PREFERENCES, path={"token": token}, body=body, content_type=URLENCODED)
    answer = known.http("choose_preferences", posted)

    assert answer["statusCode"] == 410
    assert sorted(map(str, known.account.items())) == before
