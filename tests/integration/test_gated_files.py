"""A file that a form gives: by its own links alone, and a person's fetch of it is a download."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from coldframe.adapters.everything import DynamoEverything
from coldframe.adapters.links import SignedLinks
from coldframe.adapters.table import Table
from tests.integration.account import TABLE
from tests.integration.requests import form_post, request
from tests.integration.world import BROWSER, World

GUIDE = "cake-guide.pdf"
ADA = {"email": "ada@example.com", "first_name": "Ada"}
SCANNER = "python-requests/2.32"


def token_for(world: World, fields: dict[str, str] | None = None) -> str:
    answer = world.post(ADA if fields is None else fields)
    world.settle()
    location = str(answer["headers"]["location"])
    return parse_qs(urlsplit(location).query)["files"][0]


def fetch(
    world: World, token: str, name: str = GUIDE, *, method: str = "GET", agent: str = BROWSER
) -> dict[str, Any]:
    asked = request(
        method,
        "/files/{hash}/{name}",
        path={"hash": token, "name": name},
        user_agent=agent,
    )
    answer = world.http("serve_file", asked)
    world.settle()
    return answer


def told(world: World, kind: str) -> list[dict[str, Any]]:
    found = [
        item["data"]["M"]
        for item in world.account.items()
        if item["sk"]["S"].startswith("T#") and item["kind"]["S"] == kind
    ]
    return [{name: next(iter(each.values())) for name, each in data.items()} for data in found]


def a_minute_on(world: World) -> None:
    world.pass_time(world.now + timedelta(minutes=1))


@pytest.mark.parametrize("token", ["0123456789abcdef", "current", "a.b", ""])
def test_without_a_link_of_its_own_nobody_gets_the_file(token: str, world: World) -> None:
    answer = fetch(world, token)

    assert answer["statusCode"] == 403
    assert "location" not in answer["headers"]
    assert 'href="/forms/cake-guide?lang=en"' in answer["body"]


def test_a_link_to_another_purpose_opens_nothing(world: World) -> None:
    world.post(ADA)
    world.settle()
    unsubscribe = SignedLinks(world.account.keys).sign(
        "unsubscribe", lead="a" * 26, target="cake-guide"
    )

    assert fetch(world, unsubscribe)["statusCode"] == 403


def test_the_form_s_answer_gives_a_link_that_opens_the_file(world: World) -> None:
    answer = fetch(world, token_for(world))

    assert answer["statusCode"] == 302
    assert f"files/{GUIDE}" in answer["headers"]["location"]
    assert "X-Amz-Signature" in answer["headers"]["location"]


def test_whoever_posts_json_is_told_the_links(world: World) -> None:
    post = form_post(body=json.dumps(ADA), content_type="application/json")

    answer = world.http("capture_lead", post)

    link = json.loads(answer["body"])["files"][GUIDE]
    assert fetch(world, link.split("/")[2])["statusCode"] == 302


def test_a_person_s_fetch_is_a_download_once(world: World) -> None:
    token = token_for(world)

    fetch(world, token)
    a_minute_on(world)
    world.pass_time(world.now + timedelta(days=1))
    fetch(world, token)
    a_minute_on(world)

    (download,) = told(world, "file.downloaded")
    assert (download["file"], download["form"]) == (GUIDE, "cake-guide")
    assert told(world, "email.clicked") == []


@pytest.mark.parametrize(
    ("method", "agent"), [("HEAD", BROWSER), ("GET", SCANNER)], ids=["head", "scanner"]
)
def test_what_a_machine_fetches_is_no_download(method: str, agent: str, world: World) -> None:
    answer = fetch(world, token_for(world), method=method, agent=agent)
    a_minute_on(world)

    assert answer["statusCode"] == 302
    assert told(world, "file.downloaded") == []


def test_a_link_in_a_mail_opens_the_file_and_is_judged_as_a_click(world: World) -> None:
    world.post(ADA)
    world.settle()
    world.now += timedelta(minutes=5)

    followed = world.follow(world.mails[0])
    _, _, token, name = followed["headers"]["location"].split("/")
    opened = fetch(world, token, name)
    a_minute_on(world)

    assert opened["statusCode"] == 302
    (click,), (download,) = told(world, "email.clicked"), told(world, "file.downloaded")
    assert click["message"] == download["message"]
    assert (download["file"], download["mail"]) == (GUIDE, "cake-guide")
    assert len(told(world, "link.followed")) == 1


def test_a_scanner_that_follows_a_mail_s_link_downloads_nothing(world: World) -> None:
    world.post(ADA)
    world.settle()

    world.follow(world.mails[0], agent=SCANNER)
    world.settle()
    a_minute_on(world)

    assert told(world, "link.followed")
    assert told(world, "file.downloaded") == []


def test_a_suspect_gets_its_link_but_leaves_nothing(world: World) -> None:
    token = token_for(world, {**ADA, "contact_me_by_fax": "yes"})

    answer = fetch(world, token)
    a_minute_on(world)

    assert answer["statusCode"] == 302
    assert told(world, "link.followed") == told(world, "file.downloaded") == []


def test_an_erased_lead_s_link_opens_the_file_and_keeps_nothing(world: World) -> None:
    token = token_for(world)
    a_minute_on(world)
    (lead,) = {item["pk"]["S"] for item in world.account.items() if item["sk"]["S"] == "P"}
    everything = DynamoEverything(Table(world.account.aws("dynamodb"), TABLE))
    everything.erase(lead.removeprefix("L#"), world.now)

    answer = fetch(world, token)
    a_minute_on(world)

    assert answer["statusCode"] == 302
    left = {item["sk"]["S"] for item in world.account.items() if item["pk"]["S"] == lead}
    assert left == {"P", "G"}
