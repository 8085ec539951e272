"""Promises that only the whole can keep: each test has a lead of its own in one running town."""

import json
from datetime import timedelta
from urllib.parse import urljoin

import pytest

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.humanness import Reason
from coldframe.domain.message import MessageState
from coldframe.domain.observation import Verdict
from infra.place import Place
from tests.e2e.people import (
    FORM,
    items,
    mails_to,
    names_of,
    partition,
    post,
    post_at_once,
    record,
    signed_event,
)
from workbench.local.deployed import DeployedTown
from workbench.local.mails import one_click_url
from workbench.local.synthesis import ROOT
from workbench.preview.leads import imagined
from workbench.preview.sending import send_test
from workbench.preview.studio import Studio

pytestmark = pytest.mark.xdist_group("local cloud")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def test_thirty_posts_at_once_are_one_lead_one_enrolment_and_one_mail(town: DeployedTown) -> None:
    replies = post_at_once(town, "many@example.com", 30)
    town.settle()

    assert {reply.status for reply in replies} == {303}
    found = record(town, "many@example.com")
    assert len(found.touchpoints) == 1
    assert len(found.enrolments) == 1
    assert names_of(mails_to(town, "many@example.com")) == ["cake-guide"]


def test_the_same_post_minutes_later_changes_nothing(town: DeployedTown) -> None:
    post(town, "again@example.com")
    town.advance(9 * MINUTE)
    post(town, "again@example.com")
    town.settle()

    assert len(record(town, "again@example.com").enrolments) == 1
    assert names_of(mails_to(town, "again@example.com")) == ["cake-guide"]


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/forms/cakes", FORM, "email=a%40example.com", 404),
        ("/forms/cake-guide", FORM, "first_name=Ada", 422),
        ("/forms/cake-guide", FORM, "email=ada", 422),
        ("/forms/cake-guide", FORM, "email=a%40example.com&first_name=" + "x" * 70_000, 413),
        ("/forms/cake-guide", {"Content-Type": "text/xml"}, "<email/>", 415),
        ("/forms/cake-guide", FORM, "email=%ff%fe%40example.com", 422),
    ],
)
def test_bad_input_gets_a_4xx_and_leaves_no_trace(
    town: DeployedTown, path: str, headers: dict[str, str], body: str, status: int
) -> None:
    before = items(town)

    reply = town.request("POST", town.clients()["bakery"].url + path, headers, body)
    town.settle()

    assert reply.status == status
    assert items(town) == before


def test_a_file_in_a_form_is_refused(town: DeployedTown) -> None:
    before = items(town)
    body = (
        '--b\r\nContent-Disposition: form-data; name="email"; filename="a.txt"\r\n'
        "Content-Type: text/plain\r\n\r\nada@example.com\r\n--b--\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=b"}

    reply = town.request("POST", f"{town.clients()['bakery'].url}/forms/cake-guide", headers, body)

    assert reply.status == 422
    assert items(town) == before


def test_a_scanner_leaves_everything_but_marked_observations_byte_equal(
    town: DeployedTown,
) -> None:
    post(town, "scanned@example.com")
    town.settle()
    (mail,) = mails_to(town, "scanned@example.com")
    town.advance(MINUTE)
    before = partition(town, mail.lead)

    for _ in range(3):
        town.scan(mail)
    town.follow(one_click_url(mail) or "")
    town.advance(10 * MINUTE)

    after = partition(town, mail.lead)
    changed = {key for key in after if after[key] != before.get(key)}
    assert {key.partition("#")[0] for key in changed} == {"O", "T"}
    assert set(before) <= set(after)
    (observation,) = record(town, "scanned@example.com").observations
    assert observation.verdict is Verdict.MACHINE
    assert {seen.method for seen in observation.evidence.values()} == {"GET", "HEAD"}
    assert Reason.TRAPPED in observation.reasons


def test_a_test_mail_reaches_the_testers_mailbox_and_leaves_no_trace(town: DeployedTown) -> None:
    studio = Studio(ROOT / "clients/bakery", environment="dev")
    edition = studio.edition()
    before = items(town)

    mail = edition.mail("case-study")
    assert mail is not None
    made = edition.rendered(mail, imagined({"first_name": "Ada"}), language="de")
    place = Place(client="bakery", environment="dev")
    send_test(made, "rosa@lindenbakery.example", place=place, clients=town.cloud.client)
    town.advance(MINUTE)
    studio.close()

    (arrived,) = [each for each in town.mails() if each.subject.startswith("[TEST] ")]
    assert arrived.client == "bakery"
    assert arrived.recipient == "rosa@lindenbakery.example"
    assert "Guten Tag Ada" in (arrived.html or "")
    assert items(town) == before


def test_no_claim_is_taken_after_an_unsubscribe_wherever_the_journey_stands(
    town: DeployedTown,
) -> None:
    stops = [timedelta(0), DAY, 2 * DAY, 3 * DAY]
    addresses = [f"out{number}@example.com" for number in range(len(stops))]
    for address in addresses:
        post(town, address)
    town.settle()
    begun = town.now()
    for address, stop in zip(addresses, stops, strict=True):
        town.run_until(begun + stop)
        assert town.unsubscribe_one_click(mails_to(town, address)[0]) == 200

    town.run_until(begun + 8 * DAY)

    for address in addresses:
        found = record(town, address)
        out = found.gate.unsubscribed_at
        assert out is not None
        assert all(claim.at <= out for each in found.enrolments for claim in each.claims.values())
        assert {each.status for each in found.enrolments} == {EnrolmentStatus.CLOSED}


def test_looking_at_the_unsubscribe_page_is_evidence_and_changes_nothing(
    town: DeployedTown,
) -> None:
    post(town, "looks@example.com")
    town.settle()
    (mail,) = mails_to(town, "looks@example.com")
    before = partition(town, mail.lead)

    page = town.follow(one_click_url(mail) or "")
    town.settle()

    assert page.status == 200
    assert "<form" in page.text
    after = partition(town, mail.lead)
    assert {key: after[key] for key in before} == before
    assert {key.partition("#")[0] for key in after.keys() - before.keys()} == {"O", "T"}


def test_a_booked_tasting_ends_the_journey_at_once(town: DeployedTown) -> None:
    post(town, "books@example.com")
    town.advance(DAY)
    event = {"event": "tasting.booked", "email": "books@example.com", "id": "booking-17"}

    assert signed_event(town, event).status in {200, 201, 202}
    assert signed_event(town, event).status in {200, 201, 202}
    town.advance(8 * DAY)

    (enrolment,) = [each for each in record(town, "books@example.com").enrolments if each.journey]
    assert (enrolment.status, enrolment.reason) == (EnrolmentStatus.CLOSED, "converted")
    assert names_of(mails_to(town, "books@example.com"))[:1] == ["cake-guide"]
    assert "case-study" not in names_of(mails_to(town, "books@example.com"))


def test_an_event_signed_with_another_key_is_refused(town: DeployedTown) -> None:
    before = items(town)
    event = {"event": "tasting.booked", "email": "x@example.com", "id": "1"}

    reply = signed_event(town, event, key=b"guessed")

    assert 400 <= reply.status < 500
    assert items(town) == before


def test_a_hard_bounce_ends_all_mail_to_the_address(town: DeployedTown) -> None:
    post(town, "gone@example.com")
    town.settle()
    town.bounce(mails_to(town, "gone@example.com")[0], hard=True)
    town.advance(8 * DAY)

    found = record(town, "gone@example.com")
    assert found.gate.bounced_at is not None
    assert names_of(mails_to(town, "gone@example.com")) == ["cake-guide"]


def test_a_full_mailbox_ends_nothing(town: DeployedTown) -> None:
    post(town, "full@example.com")
    town.settle()
    town.bounce(mails_to(town, "full@example.com")[0], hard=False)
    town.advance(3 * DAY)

    assert record(town, "full@example.com").gate.bounced_at is None
    assert "case-study" in names_of(mails_to(town, "full@example.com"))


def test_a_letter_that_is_fired_twice_goes_out_once(town: DeployedTown) -> None:
    post(town, "letters@example.com")
    town.settle()
    functions = town.cloud.client("lambda")
    (name,) = [
        each["FunctionName"]
        for each in functions.list_functions()["Functions"]
        if "sendbroadcast" in each["FunctionName"].lower().replace("_", "")
        and each["FunctionName"].startswith("bakery")
    ]
    event = {"broadcast": "baking-letter", "scheduled_at": "2027-05-01T08:00:00Z"}

    for _ in range(2):
        functions.invoke(FunctionName=name, Payload=json.dumps(event))
        town.settle()

    assert names_of(mails_to(town, "letters@example.com")).count("baking-letter") == 1


def test_a_poisoned_touchpoint_is_parked_and_holds_up_nobody(town: DeployedTown) -> None:
    dynamodb = town.cloud.client("dynamodb")
    table = town.clients()["bakery"]._table.name
    poison = {
        "pk": {"S": "L#poisoned"},
        "sk": {"S": "T#2026-11-24#poison"},
        "kind": {"S": "form.submitted"},
        "occurred_at": {"S": "no instant at all"},
    }

    dynamodb.put_item(TableName=table, Item=poison)
    post(town, "behind@example.com")
    town.settle()

    assert names_of(mails_to(town, "behind@example.com")) == ["cake-guide"]
    parked = [item for item in items(town) if item["sk"]["S"].startswith("X#")]
    assert [item["pk"]["S"] for item in parked] == ["L#poisoned"]


def test_a_message_says_which_bytes_went_out(town: DeployedTown) -> None:
    post(town, "hash@example.com")
    town.settle()

    (message,) = record(town, "hash@example.com").messages
    assert message.state is MessageState.SENT
    assert message.content_hash
    assert message.delivered_at is not None


def test_the_guide_that_was_asked_for_can_be_fetched(town: DeployedTown) -> None:
    post(town, "reader@example.com")
    town.settle()
    (mail,) = mails_to(town, "reader@example.com")

    link = town.links(mail)[0]
    followed = town.follow(link)
    file = town.follow(urljoin(link, followed.header("location") or ""))
    guide = town.request("GET", file.header("location") or "")

    assert (followed.status, file.status, guide.status) == (302, 302, 200)
    assert guide.body.startswith(b"%PDF")
    assert guide.body == (town.clients()["bakery"].folder / "files/cake-guide.pdf").read_bytes()
