"""Forms of the deployed bakery: shown, filled in from anywhere, and answered in one's language."""

import json
import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest

from coldframe.adapters.quarantine import DynamoQuarantine
from coldframe.adapters.table import Table
from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.form import TRAP
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint
from tests.e2e.people import FORM, mails_to, names_of, post, record
from workbench.cloud.web import Reply
from workbench.forms.examples import example_answers
from workbench.local.deployed import DeployedTown

pytestmark = pytest.mark.xdist_group("local cloud")
SITE = "https://www.lindenbakery.example"
JSON = {"Content-Type": "application/json", "Accept": "application/json", "Origin": SITE}
ANSWERS = {"first_name": "ليلى", "guests": "80", "filling": "chocolate", "tel": "01 234 56 78"}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def url(town: DeployedTown, form: str = "wedding-cake") -> str:
    return f"{town.clients()['bakery'].url}/forms/{form}"


def filled(page: Reply, **answers: str) -> str:
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(page.text)}
    return urlencode({**hidden, **ANSWERS, **answers})


def test_a_form_is_shown_filled_in_and_answered_in_ones_own_language(town: DeployedTown) -> None:
    page = town.request("GET", url(town), {"Accept-Language": "ar-EG,ar;q=0.9,en;q=0.5"})
    action = unescape(re.findall(r'action="([^"]+)"', page.text)[0])
    town.advance(timedelta(seconds=20))

    headers, body = {**FORM, "Origin": base(town)}, filled(page, email="layla@example.com")
    posted = town.request("POST", f"{base(town)}{action}", headers, body)
    thanks = town.request("GET", f"{base(town)}{posted.header('location')}")
    town.settle()

    assert '<html lang="ar" dir="rtl">' in page.text
    assert posted.status == 303
    assert '<p class="result">420</p>' in thanks.text
    assert 'dir="rtl"' in thanks.text
    (touchpoint,) = posts_of(town, "layla@example.com")
    assert touchpoint.data["result"] == "420"
    assert touchpoint.data["language"] == "ar"
    assert touchpoint.data["fields"]["phone"] == "+4312345678"
    assert touchpoint.data["fields"]["first_name"] == "ليلى"
    assert "signs" not in touchpoint.data


def posts_of(town: DeployedTown, address: str) -> list[Touchpoint]:
    found = record(town, address).touchpoints
    return [each for each in found if each.kind == FORM_SUBMITTED]


def base(town: DeployedTown) -> str:
    return town.clients()["bakery"].url


def test_a_page_of_the_clients_may_post_by_fetch_and_a_strangers_may_not(
    town: DeployedTown,
) -> None:
    asks = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    body = json.dumps({**ANSWERS, "email": "fetch@example.com", "guests": 80})

    allowed = town.request("OPTIONS", url(town), {"Origin": SITE, **asks})
    refused = town.request("OPTIONS", url(town), {"Origin": "https://evil.example", **asks})
    answer = town.request("POST", url(town), JSON, body)

    assert allowed.header("access-control-allow-origin") == SITE
    assert refused.header("access-control-allow-origin") is None
    assert answer.status == 201
    assert answer.header("access-control-allow-origin") == SITE
    told = json.loads(answer.text)
    assert told["result"] == "420"
    assert told["next"].startswith("/forms/wedding-cake?done=")


def test_mistakes_come_back_with_what_was_typed(town: DeployedTown) -> None:
    values = urlencode({**ANSWERS, "email": "ada@gmial.com", "guests": "9", "filling": "gold"})

    page = town.request("POST", f"{url(town)}?lang=de", FORM, values)

    assert page.status == 422
    assert 'lang="de"' in page.text
    assert "Bitte 10 oder mehr." in page.text
    assert "Bitte wählen Sie eine dieser Möglichkeiten." in page.text
    assert 'value="ليلى"' in page.text


def test_a_slip_of_a_big_provider_is_asked_back_once(town: DeployedTown) -> None:
    body = {**ANSWERS, "email": "slip@gmial.com"}

    asked = town.request("POST", url(town), JSON, json.dumps(body))
    told = json.loads(asked.text)
    again = town.request("POST", url(town), JSON, json.dumps({**body, **told["to_confirm"]}))

    assert asked.status == 422
    assert told["suggestions"] == {"email": "slip@gmail.com"}
    assert "slip@gmail.com" in told["errors"]["email"]
    assert again.status == 201


@pytest.mark.parametrize("form", ["cake-guide", "wedding-cake"])
def test_what_the_curl_line_posts_is_taken(town: DeployedTown, form: str) -> None:
    compiled = town.clients()["bakery"].compiled.forms[form]
    answers = example_answers(compiled, address=f"curl-{form}@example.com")

    assert town.request("POST", url(town, form), FORM, urlencode(answers)).status == 303


def test_a_post_can_write_no_event_but_that_a_form_was_sent(town: DeployedTown) -> None:
    told = {"kind": "tasting.booked", "event": "purchase.made", "topics": "letters", "id": "x"}

    town.request("POST", url(town), JSON, json.dumps({**ANSWERS, "email": "m@example.com", **told}))
    town.settle()

    found = record(town, "m@example.com")
    kinds = {each.kind for each in found.touchpoints}
    (posted,) = posts_of(town, "m@example.com")
    assert not kinds & {"tasting.booked", "purchase.made"}
    assert set(told) & set(posted.data["fields"]) == set()
    assert found.profile is not None
    assert found.profile.consents == {}


def test_a_suspect_post_is_released_by_hand_and_nurtured_then(town: DeployedTown) -> None:
    bakery = town.clients()["bakery"]
    held = DynamoQuarantine(Table(town.cloud.client("dynamodb"), bakery.table))
    body = urlencode({"email": "sus@example.com", "first_name": "Sus", TRAP: "x"})

    answer = town.request("POST", url(town, "cake-guide"), FORM, body)
    town.settle()
    before = record(town, "sus@example.com")
    (waiting,) = [each for each in held.all() if each.data["address"] == "sus@example.com"]
    held.release(waiting, town.now())
    town.settle()

    assert answer.status == 303
    assert before.profile is None
    assert before.touchpoints == ()
    assert not [each for each in held.all() if each.id == waiting.id]
    assert names_of(mails_to(town, "sus@example.com")) == ["cake-guide"]


def test_whoever_says_it_was_not_them_is_left_alone(town: DeployedTown) -> None:
    post(town, "victim@example.com")
    town.settle()
    (mail,) = mails_to(town, "victim@example.com")
    link = re.findall(r"https?://\S+/unsubscribe/\S+\?not-me", mail.text)[0]

    looked = town.follow(link)
    unmoved = record(town, "victim@example.com").gate
    clicked = town.follow(link, method="POST")
    town.settle()
    town.advance(timedelta(days=5))

    assert "It wasn&#x27;t me" in looked.text
    assert unmoved.unsubscribed_at is None
    assert "will send you nothing more" in clicked.text
    found = record(town, "victim@example.com")
    assert found.gate.reasons["unsubscribed"] == "not_me"
    assert {each.status for each in found.enrolments} == {EnrolmentStatus.CLOSED}
    assert len(mails_to(town, "victim@example.com")) == 1
