"""Links and files that mails lead to, events that servers tell, letters that are due."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from coldframe.entrypoints.server_events import signature
from tests.integration.requests import request
from tests.integration.world import START, World

LETTER = {"broadcast": "baking-letter", "scheduled_at": "2026-12-01T08:00:00Z"}


def told(world: World, **event: object) -> dict[str, object]:
    body = json.dumps({"event": "tasting.booked", "email": "ada@example.com", "id": "b-1", **event})
    signed = signature(world.account.keys().events, body.encode(), at=int(world.now.timestamp()))
    return request(
        "POST",
        "/events",
        body=body,
        content_type="application/json",
        coldframe_signature=signed,
    )


def test_a_followed_link_leads_to_its_signed_target_and_is_only_evidence(world: World) -> None:
    """The mail's own file is for its readers: the target signs that it is one of them."""
    world.post()
    world.settle()

    answer = world.follow(world.mails[0])

    assert answer["statusCode"] == 302
    assert re.fullmatch(r"/files/[\w.-]{80,}/cake-guide\.pdf", answer["headers"]["location"])
    kinds = [item["kind"]["S"] for item in world.account.items() if item["sk"]["S"][:2] == "T#"]
    assert sorted(kinds) == ["form.submitted", "link.followed"]


def test_an_old_hash_leads_to_the_file_of_today(world: World) -> None:
    path = {"hash": "of-long-ago", "name": "allergens.pdf"}

    answer = world.http("serve_file", request("GET", "/files/{hash}/{name}", path=path))

    assert answer["statusCode"] == 302
    assert "files/allergens.pdf" in answer["headers"]["location"]
    assert "X-Amz-Signature" in answer["headers"]["location"]


@pytest.mark.parametrize("name", ["no-such.pdf", "../client.json", ""])
def test_a_file_that_is_not_listed_is_not_served(name: str, world: World) -> None:
    path = {"hash": "h", "name": name}

    answer = world.http("serve_file", request("GET", "/files/{hash}/{name}", path=path))

    assert answer["statusCode"] == 404


def test_a_booking_that_the_client_s_server_tells_ends_the_journey(world: World) -> None:
    world.post()
    world.pass_time(START + timedelta(days=1))

    answer = world.http("record_event", told(world))
    again = world.http("record_event", told(world))
    world.pass_time(START + timedelta(days=20))

    assert answer["statusCode"] == again["statusCode"] == 201
    assert world.sent() == {"cake-guide": 1}
    assert ("closed", "converted") in [
        value[:2] for value in world.state().values() if isinstance(value, tuple)
    ]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"event": "no.such.event"}, 422),
        ({"event": "form.submitted"}, 422),
        ({"email": "ada"}, 422),
        ({"id": ""}, 422),
    ],
)
def test_a_bad_event_is_refused_and_nothing_is_stored(
    change: dict[str, str], status: int, world: World
) -> None:
    answer = world.http("record_event", told(world, **change))

    assert answer["statusCode"] == status
    assert not world.account.items()


def test_a_letter_goes_once_to_each_who_agreed_however_often_it_is_due(world: World) -> None:
    world.post()
    world.post({"email": "alan@example.com", "first_name": "Alan"})
    world.pass_time(START + timedelta(days=10))
    world.now = datetime(2026, 12, 1, 8, tzinfo=UTC)

    for _ in range(3):
        world.functions("send_broadcast", LETTER)
    world.settle()

    letters = world.mails_of("baking-letter")
    assert [mail["Destination"]["ToAddresses"] for mail in letters] == [["ada@example.com"]]


def test_a_letter_due_at_night_waits_for_the_lead_s_morning(world: World) -> None:
    world.post()
    world.pass_time(START + timedelta(days=10))
    world.now = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)

    world.functions("send_broadcast", {**LETTER, "scheduled_at": "2026-12-01T23:30:00Z"})

    assert not world.mails_of("baking-letter")
    (deferred,) = [item for item in world.account.items() if item["sk"]["S"][:2] == "W#"]
    assert deferred["due_at"] == {"S": "2026-12-02T07:00:00.000Z"}
