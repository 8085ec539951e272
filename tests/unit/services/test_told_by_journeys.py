"""Fields set, points given, journeys asked for, services called, texts sent: each of them once."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.errors import MailRefused, Transient, UnknownOutcome
from coldframe.domain.journey_steps import Wait
from coldframe.domain.message import Message, MessageState
from tests.fakes.clock import MONDAY
from tests.fakes.world import World
from tests.unit.services.on_tour import changed, enrolment, known, on_tour, stands
from tests.unit.services.tour import TOUR


@pytest.fixture
def world() -> World:
    return on_tour()


def message(world: World) -> Message:
    [row] = world.ledger.rows.values()
    return row


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("set", "fields.set", {"fields": {"industry": "retail", "seats": "4"}}),
        (
            "score",
            "score.given",
            {"points": 10, "why": "asked for the guide", "journey": "tour"},
        ),
        (
            "on",
            "journey.requested",
            {"journey": "follow", "by": "e", "requested_at": "2026-11-16T10:00:00.000Z"},
        ),
    ],
)
def test_what_a_step_tells_is_told_once_and_one_deeper(
    world: World, name: str, kind: str, data: dict[str, object]
) -> None:
    for _ in range(3):
        world.deciding()(stands(world, name))
        world.clock.advance(hours=20)

    [told] = world.touchpoints.rows.values()
    assert (told.kind, told.source, told.depth) == (kind, "journey", 1)
    assert told.data == data
    assert told.occurred_at == MONDAY


def test_a_pause_after_such_a_step_runs_from_when_it_was_first_entered(world: World) -> None:
    pause = Wait(seconds=3600)
    changed(world, "tour", replace(TOUR.steps["score"], pause=pause))
    world.deciding()(stands(world, "score"))
    world.clock.advance(minutes=10)

    again = world.deciding()(stands(world, "score"))

    assert again.resume_at == MONDAY + timedelta(hours=1)


def test_a_service_hears_only_the_fields_that_are_named_for_it(world: World) -> None:
    known(world, first_name="Ada")

    world.calling()(stands(world, "crm"))

    [call] = world.webhooks.calls
    told = json.loads(call.body)
    assert told["fields"] == {"industry": "retail", "phone": "+41 79 000 00 00"}
    assert (told["type"], told["journey"], told["step"]) == ("journey.step", "tour", "crm")
    assert "ada@example.com" not in call.body
    assert message(world).state is MessageState.SENT


def test_a_service_that_is_down_is_called_again_under_the_same_id(world: World) -> None:
    world.webhooks.answers = [Transient("HTTP 503"), Transient("HTTP 429")]
    for _ in range(2):
        with pytest.raises(Transient):
            world.calling()(stands(world, "crm"))
        world.clock.advance(minutes=1)

    outcome = world.calling()(stands(world, "crm"))
    world.calling()(stands(world, "crm"))

    [call] = world.webhooks.calls
    assert call.id == enrolment(world).claims["webhook:crm"].message
    assert json.loads(call.body)["at"] == "2026-11-16T10:00:00.000Z"
    assert outcome.resume_at == MONDAY + timedelta(hours=1, minutes=2)


def test_a_call_that_died_under_way_is_made_again_at_once(world: World) -> None:
    world.calling()(stands(world, "crm"))
    key = next(iter(world.ledger.rows))
    world.ledger.rows[key] = replace(message(world), state=MessageState.SENDING)

    world.calling()(stands(world, "crm"))

    assert len(world.webhooks.heard()) == 1
    assert len(world.webhooks.calls) == 2


def test_a_call_that_is_refused_is_recorded_and_the_journey_goes_on(world: World) -> None:
    world.webhooks.answers = [MailRefused("webhook_refused_404")]

    outcome = world.calling()(stands(world, "crm"))

    assert outcome.resume_at == MONDAY + timedelta(hours=1)
    assert (message(world).state, message(world).why) == ("refused", "webhook_refused_404")


def test_a_text_goes_to_the_phone_that_the_lead_named_once(world: World) -> None:
    for _ in range(3):
        world.messaging()(stands(world, "sms"))

    assert world.texts.sent == [("+41 79 000 00 00", "hello")]
    assert world.gates.get(enrolment(world).lead).mails == ()


def test_without_a_provider_or_a_phone_the_reason_is_kept_and_the_journey_goes_on(
    world: World,
) -> None:
    world.texts.answers = [MailRefused("no_text_provider")]

    world.messaging()(stands(world, "sms"))

    assert (message(world).state, message(world).why) == ("refused", "no_text_provider")
    known(world, phone="")
    world.ledger.rows.clear()
    world.enrolments.rows.clear()
    world.messaging()(stands(world, "sms"))
    assert message(world).why == "no_phone"


def test_people_are_told_once_and_again_when_it_is_in_doubt(world: World) -> None:
    for _ in range(2):
        world.handing_off()(stands(world, "tell"))
    assert world.mailer.mails("rosa@bakery.example") == ["_notify"]

    world.mailer.answers = [UnknownOutcome("timeout")]
    with pytest.raises(Exception, match="2026-11-16T10:15:00Z"):
        world.handing_off()(stands(world, "task"))
    world.clock.advance(minutes=15)
    told = world.handing_off()(stands(world, "task"))

    assert world.mailer.mails("rosa@bakery.example") == ["_notify", "_task"]
    assert told.resume_at == MONDAY + timedelta(days=1, minutes=15)
