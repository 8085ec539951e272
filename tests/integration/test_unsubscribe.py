"""One click ends it, however the mailbox or the reader asks; looking at the link ends nothing."""

import re
from datetime import timedelta

import pytest

from tests.integration.mails import text_of
from tests.integration.requests import URLENCODED, request
from tests.integration.world import START, World

PARTS = (
    b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
)
WAYS = {
    "one click": (b"List-Unsubscribe=One-Click", URLENCODED),
    "one click as multipart": (PARTS, "multipart/form-data; boundary=x"),
    "an empty body": (None, ""),
    "something else": (b"{}", "application/json"),
}


def token_of(world: World) -> str:
    world.post()
    world.settle()
    return str(re.findall(r"/unsubscribe/([\w.-]+)", text_of(world.mails[0]))[0])


@pytest.mark.parametrize(("body", "content_type"), WAYS.values(), ids=WAYS.keys())
def test_a_post_ends_all_marketing_mail(
    body: bytes | None, content_type: str, world: World
) -> None:
    path = {"token": token_of(world)}
    asked = request("POST", "/unsubscribe/{token}", path=path, body=body, content_type=content_type)

    answer = world.http("unsubscribe", asked)
    again = world.http("unsubscribe", asked)
    world.pass_time(START + timedelta(days=30))

    assert answer["statusCode"] == again["statusCode"] == 200
    assert "location" not in answer["headers"]
    assert world.sent() == {"cake-guide": 1}


@pytest.mark.parametrize("way", ["unsubscribe", "choose_preferences"])
def test_who_leaves_comes_back_and_leaves_on_one_day_has_left_for_good(
    way: str, world: World
) -> None:
    leaving = {"token": token_of(world)}
    mine = {"token": re.findall(r"/preferences/([\w.-]+)", text_of(world.mails[0]))[0]}

    def choose(body: bytes) -> None:
        asked = request(
            "POST", "/preferences/{token}", path=mine, body=body, content_type=URLENCODED
        )
        assert world.http("choose_preferences", asked)["statusCode"] == 200

    def leave() -> None:
        if way == "choose_preferences":
            return choose(b"action=leave")
        assert world.http(way, request("POST", "/unsubscribe/{token}", path=leaving))
        return None

    for act in (leave, lambda: choose(b"action=save&topic.letters=on"), leave, leave):
        act()
        world.pass_time(world.now + timedelta(minutes=5))

    told = [item for item in world.account.items() if item.get("kind") == {"S": "unsubscribed"}]
    (profile,) = [item for item in world.account.items() if item["sk"]["S"] == "P"]
    assert len(told) == 2
    assert not profile.get("consents", {"M": {}})["M"]


def test_looking_is_evidence_of_the_mail_and_changes_nothing(world: World) -> None:
    path = {"token": token_of(world)}
    before = sorted(map(str, world.account.items()))

    answer = world.http("unsubscribe", request("GET", "/unsubscribe/{token}", path=path))

    assert answer["statusCode"] == 200
    assert '<form method="post">' in answer["body"]
    looked = [item for item in world.account.items() if item.get("kind") == {"S": "link.followed"}]
    rest = [item for item in world.account.items() if item not in looked]
    assert len(looked) == 1
    assert sorted(map(str, rest)) == before


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_not_ours_leads_nowhere(method: str, world: World) -> None:
    path = {"token": token_of(world)[:-2]}
    before = sorted(map(str, world.account.items()))

    answer = world.http("unsubscribe", request(method, "/unsubscribe/{token}", path=path))

    assert answer["statusCode"] == 404
    assert sorted(map(str, world.account.items())) == before


def test_a_link_to_a_target_does_not_unsubscribe(world: World) -> None:
    token_of(world)
    token = re.findall(r"/go/([\w.-]+)", text_of(world.mails[0]))[0]

    asked = request("POST", "/unsubscribe/{token}", path={"token": token})

    assert world.http("unsubscribe", asked)["statusCode"] == 404
