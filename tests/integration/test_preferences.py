"""The preference page, as the deployed function answers: looking changes nothing, posting holds."""

import re
from datetime import timedelta

import pytest

from tests.integration.mails import text_of
from tests.integration.requests import URLENCODED, request
from tests.integration.world import START, World

ROUTE = "/preferences/{token}"


def token_of(world: World) -> str:
    """From the footer of Ada's first mail."""
    world.post()
    world.settle()
    return str(re.findall(r"/preferences/([\w.-]+)", text_of(world.mails[0]))[0])


def post(world: World, token: str, body: str) -> str:
    asked = request(
        "POST", ROUTE, path={"token": token}, body=body.encode(), content_type=URLENCODED
    )
    answer = world.http("choose_preferences", asked)
    assert answer["statusCode"] == 200
    return str(answer["body"])


def test_looking_changes_nothing_and_says_why_the_mail_came(world: World) -> None:
    path = {"token": token_of(world)}
    before = sorted(map(str, world.account.items()))

    answer = world.http("choose_preferences", request("GET", ROUTE, path=path))

    assert answer["statusCode"] == 200
    assert "You filled in “The Linden cake guide” on 20 November 2026." in answer["body"]
    assert "You asked for it" in answer["body"]
    assert sorted(map(str, world.account.items())) == before


def test_a_topic_switched_off_gets_no_mail_any_more(world: World) -> None:
    token = token_of(world)

    shown = post(world, token, "action=save&a_week=&paused_until=")
    world.pass_time(START + timedelta(days=30))

    assert "Saved." in shown
    assert world.sent()["case-study"] == 0


def test_saved_twice_is_saved_once(world: World) -> None:
    token = token_of(world)
    post(world, token, "action=save&topic.letters=on&a_week=1")
    world.settle()
    before = sorted(map(str, world.account.items()))

    post(world, token, "action=save&topic.letters=on&a_week=1")

    assert sorted(map(str, world.account.items())) == before


def test_the_unsubscribe_page_leads_here(world: World) -> None:
    token = re.findall(r"/unsubscribe/([\w.-]+)", (token_of(world), text_of(world.mails[0]))[1])[0]
    asked = request("GET", "/unsubscribe/{token}", path={"token": token})
    page = world.http("unsubscribe", asked)["body"]
    mine = re.findall(r'"\.\./preferences/([\w.-]+)"', page)[0]

    answer = world.http("choose_preferences", request("GET", ROUTE, path={"token": mine}))

    assert answer["statusCode"] == 200


@pytest.mark.parametrize("purpose", ["unsubscribe", "go"])
def test_a_link_for_another_purpose_leads_nowhere(world: World, purpose: str) -> None:
    token_of(world)
    other = re.findall(rf"/{purpose}/([\w.-]+)", text_of(world.mails[0]))[0]

    asked = request("GET", ROUTE, path={"token": other})

    assert world.http("choose_preferences", asked)["statusCode"] == 404
