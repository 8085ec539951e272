"""A question in a mail: its buttons open a page, and a post of the page is what saves."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.integration.account import TABLE
from tests.integration.mails import Mail, text_of
from tests.integration.requests import URLENCODED, request
from tests.integration.world import START, Answer, World

AT = START + timedelta(days=4)


@pytest.fixture
def asked(world: World) -> World:
    """Ada has had the case study, which asks for her filling."""
    world.post()
    world.pass_time(AT)
    return world


def mail(world: World, name: str = "case-study") -> Mail:
    return next(
        each for each in world.mails if {"Name": "mail", "Value": name} in each["EmailTags"]
    )


def tokens(text: str) -> list[str]:
    return re.findall(r"(?:Lemon cream|Dark chocolate|Pistachio and rose): \S+/go/([\w.-]+)", text)


def opened(world: World, number: int = 0) -> str:
    """Where the button leads: the page's own token."""
    token = tokens(text_of(mail(world)))[number]
    answer = world.http("follow_link", request("GET", "/go/{token}", path={"token": token}))
    assert answer["statusCode"] == 302
    page = re.fullmatch(r"/confirm/([\w.-]+)", answer["headers"]["location"])
    assert page
    return page[1]


def look(world: World, token: str) -> Answer:
    path = {"token": token}
    return world.http("confirm_consent", request("GET", "/confirm/{token}", path=path))


def tap(world: World, token: str, value: str, nonce: str = "n1") -> Answer:
    body = urlencode({"answer": value, "submission": nonce}).encode()
    event = request(
        "POST", "/confirm/{token}", path={"token": token}, body=body, content_type=URLENCODED
    )
    answer = world.http("confirm_consent", event)
    world.settle()
    return answer


def known(world: World) -> dict[str, Any]:
    (profile,) = [item for item in world.account.items() if item["sk"]["S"] == "P"]
    fields: dict[str, Any] = profile["fields"]["M"]
    return fields


def answers(world: World) -> list[dict[str, Any]]:
    kinds = [item for item in world.account.items() if item["sk"]["S"].startswith("T#")]
    return [item for item in kinds if item["kind"]["S"] == "question.answered"]


def test_looking_at_every_answer_tells_us_nothing(asked: World) -> None:
    for number in range(3):
        page = look(asked, opened(asked, number))
        assert page["statusCode"] == 200
        assert "Which filling?" in page["body"]
        assert "<h1>Linden Bakery</h1>" in page["body"]
        assert "Ada" not in page["body"]
        assert "ada@" not in page["body"]
    asked.settle()

    assert "filling" not in known(asked)
    assert answers(asked) == []


def test_the_answer_is_chosen_and_one_tap_saves_it(asked: World) -> None:
    token = opened(asked, 1)
    page = look(asked, token)
    assert re.search(r'value="chocolate" checked', page["body"])

    told = tap(asked, token, "chocolate")

    assert told["statusCode"] == 200
    assert known(asked)["filling"]["M"]["value"] == {"S": "chocolate"}
    (answer,) = answers(asked)
    assert answer["data"]["M"]["mail"] == {"S": "case-study"}


def test_tapping_twice_is_one_answer_and_changing_ones_mind_another(asked: World) -> None:
    token = opened(asked)
    for _ in range(3):
        tap(asked, token, "lemon")
    asked.now += timedelta(minutes=1)
    tap(asked, opened(asked, 2), "pistachio", nonce="n2")
    asked.now += timedelta(minutes=1)
    tap(asked, opened(asked, 0), "lemon", nonce="n3")

    assert len(answers(asked)) == 3
    assert known(asked)["filling"]["M"]["value"] == {"S": "lemon"}


def test_what_is_no_answer_is_asked_again_and_leaves_no_trace(asked: World) -> None:
    for value in ("marzipan", "", "lemon' OR 1=1", "<script>"):
        told = tap(asked, opened(asked), value)

        assert told["statusCode"] == 422
        assert "<script>" not in told["body"]
    assert answers(asked) == []


def test_a_forged_link_leads_nowhere(asked: World) -> None:
    good = opened(asked)
    forged = f"{good[:-2]}{'AA' if good[-2:] != 'AA' else 'BB'}"

    for each in ("", "x", "abc.def", "W10.W10", forged):
        assert look(asked, each)["statusCode"] == 404
        assert tap(asked, each, "lemon")["statusCode"] == 404
    assert answers(asked) == []


def test_an_erased_lead_s_link_leads_nowhere_and_brings_nobody_back(asked: World) -> None:
    token = opened(asked)
    lead = mail_lead(asked)
    client = asked.account.aws("dynamodb")
    key = {"pk": {"S": f"L#{lead}"}, "sk": {"S": "P"}}
    client.update_item(
        TableName=TABLE,
        Key=key,
        UpdateExpression="SET erased_at = :at, address = :none",
        ExpressionAttributeValues={":at": {"S": "2026-11-24T00:00:00.000Z"}, ":none": {"S": ""}},
    )

    assert look(asked, token)["statusCode"] == 404
    assert tap(asked, token, "lemon")["statusCode"] == 404
    assert answers(asked) == []


def mail_lead(world: World) -> str:
    (lead,) = [tag["Value"] for tag in mail(world)["EmailTags"] if tag["Name"] == "lead"]
    return str(lead)


def test_who_has_answered_is_not_asked_again(world: World) -> None:
    fields = {"email": "ada@example.com", "guests": "80", "filling": "lemon"}
    world.post(fields, form="wedding-cake")
    world.post()
    world.pass_time(AT)

    assert tokens(text_of(mail(world))) == []
