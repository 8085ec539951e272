"""What Stripe, Zoom and Typeform tell, from the signed post to score, facts and journeys."""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.table import Table
from coldframe.domain.conditions.decay import Sum
from coldframe.domain.conditions.facts import Until
from coldframe.domain.knowing.asking import told_by
from coldframe.domain.knowing.concluding import facts_at
from coldframe.domain.lead import lead_id
from coldframe.domain.profile import Profile
from tests.integration.account import HOOK_SECRET, TABLE
from tests.integration.requests import request
from tests.integration.world import START, World

ADA = "ada@example.com"
KEY = HOOK_SECRET.encode()
Signing = Callable[[bytes, int], dict[str, str]]


def mac(text: bytes) -> str:
    return hmac.new(KEY, text, sha256).hexdigest()


def by_stripe(body: bytes, at: int) -> dict[str, str]:
    return {"stripe_signature": f"t={at},v1={mac(b'%d.%b' % (at, body))}"}


def by_zoom(body: bytes, at: int) -> dict[str, str]:
    signed = mac(b"v0:%d:%b" % (at, body))
    return {"x_zm_request_timestamp": str(at), "x_zm_signature": f"v0={signed}"}


def by_typeform(body: bytes, _at: int) -> dict[str, str]:
    digest = hmac.new(KEY, body, sha256).digest()
    return {"typeform_signature": f"sha256={b64encode(digest).decode()}"}


def payment(at: int) -> dict[str, Any]:
    charge = {
        "id": "ch_1042",
        "amount": 4990,
        "currency": "eur",
        "description": "Lemon cake",
        "billing_details": {"email": ADA},
    }
    return {"type": "charge.succeeded", "created": at, "data": {"object": charge}}


def attendance(at: int) -> dict[str, Any]:
    held = {"uuid": "w1", "topic": "Frosting", "participant": {"email": ADA}}
    return {
        "event": "webinar.participant_joined",
        "event_ts": at * 1000,
        "payload": {"object": held},
    }


def booking(_at: int) -> dict[str, Any]:
    answers = [{"type": "email", "email": ADA, "field": {"ref": "where"}}]
    told = {"token": "b-1", "form_id": "f1", "answers": answers}
    return {"event_type": "form_response", "form_response": told}


def tell(
    world: World, source: str, event: Callable[[int], dict[str, Any]], sign: Signing
) -> dict[str, Any]:
    """As the service does, which tells everything at least once."""
    at = int(world.now.timestamp())
    body = json.dumps(event(at)).encode()
    asked = request(
        "POST",
        "/hooks/{source}",
        path={"source": source},
        body=body,
        content_type="application/json",
        **sign(body, at),
    )
    answer = world.http("receive_hook", asked)
    world.settle()
    return answer


def profile(world: World) -> Profile:
    table = Table(world.account.aws("dynamodb"), TABLE)
    found = DynamoProfiles(table).own(lead_id(world.account.keys().id, ADA))
    assert found is not None
    return found


def score(world: World) -> float:
    knowing = CompiledPlaybook().reactions().knowing
    found = facts_at(profile(world), knowing, world.now).fields["score"]
    assert isinstance(found, Until)
    assert isinstance(found.value, Sum)
    return float(found.value.at(world.now))


def test_a_payment_is_a_purchase_of_the_lead_s_however_often_it_is_told(world: World) -> None:
    world.post()
    world.settle()

    answers = [tell(world, "shop", payment, by_stripe) for _ in range(2)]

    assert [json.loads(each["body"])["recorded"] for each in answers] == [1, 0]
    facts = told_by(profile(world))
    assert (facts["purchases"], str(facts["spent"])) == (1, "49.90")


def test_a_webinar_adds_its_points_to_the_score(world: World) -> None:
    world.post()
    world.settle()
    before = score(world)

    answer = tell(world, "webinars", attendance, by_zoom)

    assert answer["statusCode"] == 200
    assert score(world) == pytest.approx(before + 7, abs=0.1)


def test_a_booking_is_the_journey_s_goal(world: World) -> None:
    world.post()
    world.pass_time(START + timedelta(days=1))

    tell(world, "bookings", booking, by_typeform)
    world.pass_time(START + timedelta(days=20))

    assert world.sent() == {"cake-guide": 1}
    ends = [each[:2] for each in world.state().values() if isinstance(each, tuple)]
    assert ("closed", "converted") in ends


@pytest.mark.parametrize("sign", [by_zoom, by_typeform, lambda _body, _at: {}])
def test_what_another_s_signature_is_on_leaves_no_trace(sign: Signing, world: World) -> None:
    answer = tell(world, "shop", payment, sign)

    assert answer["statusCode"] == 401
    assert world.account.items() == []
