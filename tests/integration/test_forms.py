"""Forms of every kind at the door: typed, translated, worked out, suspected, and never lost."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest

from coldframe.adapters.quarantine import DynamoQuarantine
from coldframe.adapters.table import Table
from tests.integration.account import TABLE
from tests.integration.requests import URLENCODED, form_post, request
from tests.integration.world import Answer, World

CAKE = {
    "email": "ada@example.com",
    "first_name": "Ada",
    "guests": "80",
    "filling": "pistachio",
    "wedding_day": "2027-05-01",
    "mobile": "01 234 56 78",
}
JSON = "application/json"


def post(
    world: World, fields: dict[str, object] | None = None, *, network: str = "192.0.2"
) -> Answer:
    event = form_post(
        body=json.dumps(CAKE if fields is None else fields), form="wedding-cake", content_type=JSON
    )
    event["requestContext"]["http"]["sourceIp"] = f"{network}.7"
    return world.http("capture_lead", event)


def test_each_kind_of_answer_is_kept_in_one_spelling(world: World) -> None:
    answer = post(world)

    (item,) = world.account.items()
    said = {name: value["S"] for name, value in item["data"]["M"]["fields"]["M"].items()}
    assert said == {
        "email": "ada@example.com",
        "first_name": "Ada",
        "guests": "80",
        "filling": "pistachio",
        "wedding_day": "2027-05-01",
        "phone": "+4312345678",
    }
    assert item["data"]["M"]["result"] == {"S": "540"}
    assert json.loads(str(answer["body"]))["result"] == "540"


def test_a_lead_costs_one_conditional_put_and_no_read(world: World) -> None:
    post(world)
    post(world, {**CAKE, "email": "info@mailinator.com", "contact_me_by_fax": "1"})

    tables = [call for call in world.calls if "dynamodb" in call]
    assert tables == ["capture_lead: dynamodb.PutItem"] * 2
    read = re.compile(r"dynamodb\.(GetItem|Query|BatchGet|Transact)")
    assert not [call for call in world._asked if read.match(call)]


def test_a_suspect_post_gets_the_same_answer_and_reaches_nobody(world: World) -> None:
    genuine = world.post()
    suspect = world.post(
        {"email": "eve@example.com", "first_name": "Eve", "contact_me_by_fax": "yes"}
    )
    world.settle()

    assert suspect["statusCode"] == genuine["statusCode"] == 303
    assert suspect["headers"].keys() == genuine["headers"].keys()
    assert "thank-you?submission=" in suspect["headers"]["location"]
    held = [item for item in world.account.items() if item["sk"]["S"].startswith("Q#")]
    assert [item["kind"]["S"] for item in held] == ["form.quarantined"]
    lead = held[0]["pk"]["S"]
    assert [i["sk"]["S"][:2] for i in world.account.items() if i["pk"]["S"] == lead] == ["Q#"]
    thirty_days = world.now.timestamp() + 30 * 24 * 3600
    assert held[0]["expires_at"]["N"] == str(int(thirty_days))
    assert set(world.sent()) == {"cake-guide"}


def quarantine(world: World) -> DynamoQuarantine:
    return DynamoQuarantine(Table(world.account.aws("dynamodb"), TABLE))


def test_a_released_post_is_nurtured_and_a_dropped_one_is_gone(world: World) -> None:
    for name in ("eve", "mallory"):
        world.post({"email": f"{name}@example.com", "contact_me_by_fax": "yes"})
    waiting = {each.data["address"]: each for each in quarantine(world).all()}

    for _ in range(2):
        quarantine(world).release(waiting["eve@example.com"], world.now)
        quarantine(world).drop(waiting["mallory@example.com"])
    world.settle()

    assert waiting.keys() == {"eve@example.com", "mallory@example.com"}
    assert not list(quarantine(world).all())
    assert [mail["Destination"]["ToAddresses"] for mail in world.mails] == [["eve@example.com"]]


def test_many_suspects_are_all_listed(world: World) -> None:
    for number in range(30):
        world.post({"email": f"s{number}@example.com", "contact_me_by_fax": "yes"})

    assert len(list(quarantine(world).all())) == 30


def kinds(world: World) -> Counter[str]:
    """Of posts, once they were reacted to."""
    world.settle()
    found = (item["kind"]["S"] for item in world.account.items() if "kind" in item)
    return Counter(kind for kind in found if kind.startswith("form."))


def test_a_flood_by_one_address_waits_for_a_persons_eye(world: World) -> None:
    answers = [post(world, {**CAKE, "guests": str(10 + number)}) for number in range(8)]

    assert {answer["statusCode"] for answer in answers} == {201}
    assert kinds(world) == {"form.submitted": 5, "form.quarantined": 3}
    assert all("same_address" in each.data["signs"] for each in quarantine(world).all())


def test_a_flood_of_one_mailbox_under_many_tags_waits_too(world: World) -> None:
    for number in range(8):
        address = f"{'ad.a' if number % 2 else 'ada'}+{number}@gmail.com"
        post(world, {**CAKE, "email": address}, network=f"192.0.{number}")

    assert kinds(world) == {"form.submitted": 5, "form.quarantined": 3}


def test_a_flood_from_one_network_waits_too_and_its_neighbours_do_not(world: World) -> None:
    post(world, {**CAKE, "email": "first@example.com"})
    world.settle()
    (first,) = [
        item for item in world.account.items() if item.get("kind") == {"S": "form.submitted"}
    ]
    taken = {":posts": {"SS": [f"earlier-{number}" for number in range(97)]}}
    (window,) = [
        {"pk": item["pk"], "sk": item["sk"]}
        for item in world.account.items()
        if item["pk"]["S"] == f"V#{first['data']['M']['network']['S']}"
    ]
    world.account.aws("dynamodb").update_item(
        TableName=TABLE,
        Key=window,
        UpdateExpression="ADD posts :posts",
        ExpressionAttributeValues=taken,
    )

    for number in range(5):
        post(world, {**CAKE, "email": f"v{number}@example.com"})
    post(world, {**CAKE, "email": "neighbour@example.com"}, network="192.0.3")

    assert kinds(world) == {"form.submitted": 4, "form.quarantined": 3}
    assert all("same_network" in each.data["signs"] for each in quarantine(world).all())


def test_what_was_put_aside_is_released_for_good(world: World) -> None:
    for number in range(7):
        post(world, {**CAKE, "email": f"ada+{number}@example.com"})
    kinds(world)

    for each in quarantine(world).all():
        quarantine(world).release(each, world.now)

    assert kinds(world) == {"form.submitted": 7}
    assert not list(quarantine(world).all())


def test_the_same_post_twice_is_one_however_it_came(world: World) -> None:
    world.post()
    event = form_post()
    event["headers"] |= {"origin": "https://www.lindenbakery.example"}
    event["requestContext"]["http"]["sourceIp"] = "198.51.100.9"
    world.http("capture_lead", event)

    assert len(world.account.items()) == 1


def test_what_was_noticed_is_kept_with_the_post_and_the_network_as_a_hash(world: World) -> None:
    post(world, {**CAKE, "email": "sales@gmail.com", "first_name": "evil.example.com"})

    (item,) = world.account.items()
    data = item["data"]["M"]
    assert [mark["S"] for mark in data["marks"]["L"]] == ["free", "role"]
    assert [name["S"] for name in data["unprintable"]["L"]] == ["first_name"]
    assert "192.0.2" not in json.dumps(item)
    assert len(data["network"]["S"]) == 16


def test_a_form_is_shown_without_a_table(world: World) -> None:
    event = request("GET", "/forms/{form}", path={"form": "wedding-cake"}, accept_language="de")

    answer = world.http("show_form", event)
    unknown = world.http(
        "show_form", request("GET", "/forms/{form}", path={"form": "no-such"}, accept="text/html")
    )

    assert answer["statusCode"] == 200
    assert "Was kostet unsere Hochzeitstorte?" in answer["body"]
    assert unknown["statusCode"] == 404
    assert not world.account.items()


NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "input" / "blns.json"


@pytest.mark.skipif(not NAUGHTY.is_file(), reason="the naughty strings aren't here")
def test_every_naughty_string_is_kept_as_it_is_or_refused_by_name(world: World) -> None:
    posted = {}
    for number, text in enumerate(json.loads(NAUGHTY.read_text("utf-8"))):
        address = f"n{number}@example.com"
        answer = post(
            world, {**CAKE, "email": address, "first_name": text}, network=f"198.51.{number % 250}"
        )
        if answer["statusCode"] == 201:
            posted[address] = unicodedata.normalize("NFC", text.strip())
        else:
            assert list(json.loads(str(answer["body"]))["errors"]) == ["first_name"]

    fields = [item["data"]["M"]["fields"]["M"] for item in world.account.items()]
    kept = {each["email"]["S"]: each.get("first_name", {"S": ""})["S"] for each in fields}
    assert kept == posted
    assert len(kept) > 400


@pytest.mark.skipif(not NAUGHTY.is_file(), reason="the naughty strings aren't here")
def test_no_naughty_string_gets_out_of_a_page(world: World) -> None:
    for text in json.loads(NAUGHTY.read_text("utf-8")):
        fields = {**CAKE, "email": "no address", "first_name": text}
        body = urlencode(fields, errors="surrogatepass").encode()
        event = form_post(body=body, form="wedding-cake", content_type=URLENCODED)

        answer = world.http("capture_lead", event)

        page = re.sub(r"<style>.*?</style>", "", answer["body"])
        assert answer["statusCode"] == 422
        assert page.count("<") == page.count(">")
        assert set(re.findall(r"<(\w+)", page)) <= TAGS


TAGS = {
    *("html", "head", "meta", "title", "body", "main", "h1", "p", "form", "div", "label"),
    *("input", "small", "fieldset", "legend", "span", "button", "select", "option"),
}
