"""A lead's own data: by a fresh link, whole or gone; what was erased stays erased."""

import json
from datetime import timedelta
from typing import Any

import pytest

from coldframe.adapters.links import SignedLinks
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.instants import text_of
from coldframe.domain.lead import lead_id
from coldframe.domain.touchpoint import record as touchpoint
from tests.integration.account import TABLE
from tests.integration.requests import URLENCODED, form_post, request
from tests.integration.stream import record
from tests.integration.world import START, World

ROUTE = "/preferences/{token}"
ADDRESS = "ada@example.com"


def token(world: World, *, valid: timedelta = timedelta(hours=24)) -> str:
    links = SignedLinks(world.account.keys)
    return links.sign("data", lead=lead_of(world), target=text_of(world.now + valid))


def lead_of(world: World) -> str:
    (lead,) = {
        item["pk"]["S"]
        for item in world.account.items()
        if item["sk"]["S"] == "P" and item["address"]["S"]
    }
    return str(lead).removeprefix("L#")


def ask(world: World, of: str, action: str = "") -> dict[str, Any]:
    if not action:
        asked = request("GET", ROUTE, path={"token": of})
    else:
        body = f"action={action}".encode()
        asked = request("POST", ROUTE, path={"token": of}, body=body, content_type=URLENCODED)
    return world.http("choose_preferences", asked)


@pytest.fixture
def known(world: World) -> World:
    world.post()
    world.settle()
    return world


def test_looking_shows_two_buttons_and_changes_nothing(known: World) -> None:
    before = sorted(map(str, known.account.items()))

    answer = ask(known, token(known))

    assert answer["statusCode"] == 200
    assert answer["body"].count("<button") == 2
    assert sorted(map(str, known.account.items())) == before


def test_a_download_holds_everything(known: World) -> None:
    answer = ask(known, token(known), "download")

    told = json.loads(answer["body"])
    assert answer["headers"]["content-disposition"].startswith("attachment")
    assert told["profile"][0]["address"] == ADDRESS
    stored = [item for item in known.account.items() if item["pk"]["S"].startswith("L#")]
    assert sum(len(each) for name, each in told.items() if name != "lead") == len(stored)


@pytest.mark.parametrize("action", ["", "download", "erase"])
def test_a_link_that_is_not_fresh_opens_nothing(known: World, action: str) -> None:
    old = token(known, valid=timedelta(seconds=-1))
    before = sorted(map(str, known.account.items()))

    answer = ask(known, old, action)

    assert answer["statusCode"] == 410
    assert ADDRESS not in answer["body"]
    assert sorted(map(str, known.account.items())) == before


def test_erased_leaves_a_hash_and_instants_and_nothing_else(known: World) -> None:
    erasing = token(known)

    assert ask(known, erasing, "erase")["statusCode"] == 200
    assert ask(known, erasing, "erase")["statusCode"] == 200
    known.settle()

    left = [item for item in known.account.items() if item["pk"]["S"].startswith("L#")]
    assert sorted(item["sk"]["S"] for item in left) == ["G", "P"]
    assert ADDRESS not in json.dumps(left)
    assert "Ada" not in json.dumps(left)


def test_no_mail_follows_an_erasure(known: World) -> None:
    sent = known.sent()

    ask(known, token(known), "erase")
    known.pass_time(START + timedelta(days=30))

    assert known.sent() == sent


def test_an_old_touchpoint_replayed_brings_nothing_back(known: World) -> None:
    old = [item for item in known.account.items() if item["sk"]["S"].startswith("T#")]
    ask(known, token(known), "erase")

    for image in old:
        known.functions("react", {"Records": [record(image, 1)]})

    left = [item for item in known.account.items() if item["pk"]["S"].startswith("L#")]
    assert sorted(item["sk"]["S"] for item in left) == ["G", "P"]


def test_late_news_of_who_is_gone_is_not_kept_either(known: World) -> None:
    erased = lead_of(known)
    ask(known, token(known), "erase")
    known.now += timedelta(hours=1)
    late = touchpoint(
        lead=erased,
        kind="purchase.made",
        source="server",
        received_at=known.now,
        data={"address": ADDRESS},
        own_id="1",
    )

    assert DynamoTouchpoints(Table(known.account.aws("dynamodb"), TABLE)).append(late)
    known.settle()

    left = [item for item in known.account.items() if item["pk"]["S"].startswith("L#")]
    assert sorted(item["sk"]["S"] for item in left) == ["G", "P"]
    assert ADDRESS not in json.dumps(left)


def test_a_replay_takes_nothing_of_who_came_anew_on_the_same_day(known: World) -> None:
    old = [item for item in known.account.items() if item["sk"]["S"].startswith("T#")]
    ask(known, token(known), "erase")
    known.now += timedelta(minutes=5)
    known.post()
    known.settle()
    before = sorted(map(str, known.account.items()))

    for image in old:
        known.functions("react", {"Records": [record(image, 1)]})

    assert sorted(map(str, known.account.items())) == before


def test_who_signs_up_again_starts_anew(known: World) -> None:
    lead = lead_of(known)
    ask(known, token(known), "erase")
    known.now += timedelta(days=3)

    known.http("capture_lead", form_post({"email": ADDRESS, "first_name": "A."}))
    known.settle()

    (profile,) = [
        item
        for item in known.account.items()
        if item["sk"]["S"] == "P" and item["pk"]["S"] == f"L#{lead}"
    ]
    assert profile["address"]["S"] == ADDRESS
    assert profile["consents"]["M"] == {}
    assert known.sent()["cake-guide"] == 2


def test_the_lead_is_the_address_and_nothing_looks_it_up(known: World) -> None:
    assert lead_of(known) == lead_id(known.account.keys().id, ADDRESS)
