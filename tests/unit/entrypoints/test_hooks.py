"""Other services' webhooks: verified as they document it, read as their samples are written."""

import hmac
import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from coldframe.adapters.keys import keys_of
from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.playbook import Hook
from coldframe.domain.purchases import priced
from coldframe.entrypoints.hook_answers import HookAnswers
from coldframe.entrypoints.http import (
    NotFound,
    Request,
    Unreadable,
    Unsigned,
    UnsupportedType,
)
from coldframe.services.record_event import RecordEvent
from tests.fakes.clock import FrozenClock

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
STAMP = int(NOW.timestamp())
SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "webhooks"
SECRET = b"whsec_of_the_shop"
HOOKS = {
    "shop": Hook(source="shop", sender="stripe"),
    "webinars": Hook(source="webinars", sender="zoom", event="webinar.attended"),
    "quiz": Hook(source="quiz", sender="typeform", event="quiz.answered"),
    "unset": Hook(source="unset", sender="stripe"),
}
KEPT = {name: SECRET.decode() for name in ("shop", "webinars", "quiz")}
KEYS = keys_of(json.dumps({"id": "generated", "hooks": KEPT}))


@dataclass
class Notebook:
    """What would be recorded."""

    said: list[RecordEvent] = field(default_factory=list)

    def __call__(self, command: RecordEvent) -> bool:
        self.said.append(command)
        return True


def mac(text: bytes, secret: bytes = SECRET) -> str:
    return hmac.new(secret, text, sha256).hexdigest()


def stripe(body: bytes, *, at: int = STAMP, secret: bytes = SECRET) -> dict[str, str]:
    return {"stripe-signature": f"t={at},v1={'0' * 64},v1={mac(b'%d.%b' % (at, body), secret)}"}


def zoom(body: bytes, *, at: int = STAMP) -> dict[str, str]:
    signed = mac(b"v0:%d:%b" % (at, body))
    return {"x-zm-request-timestamp": str(at), "x-zm-signature": f"v0={signed}"}


def typeform(body: bytes) -> dict[str, str]:
    digest = hmac.new(SECRET, body, sha256).digest()
    return {"typeform-signature": f"sha256={b64encode(digest).decode()}"}


def tell(
    source: str, body: bytes, headers: dict[str, str], media: str = "application/json"
) -> tuple[dict[str, Any], list[RecordEvent]]:
    notebook = Notebook()
    answers = HookAnswers(
        hooks=lambda: HOOKS,
        keys=lambda: KEYS,
        record=notebook,  # type: ignore[arg-type]  # only called
        clock=FrozenClock(NOW),
    )
    given = {"content-type": media, **headers}
    request = Request(method="POST", path={"source": source}, headers=given, body=body)
    answer = answers(request)
    return json.loads(answer["body"]), notebook.said


def charge(**changed: Any) -> dict[str, Any]:
    held = {
        "id": "ch_1",
        "amount": 4990,
        "currency": "eur",
        "payment_intent": "pi_1",
        "description": "Lemon cake",
        "billing_details": {"email": " Ada@Example.com "},
        **changed,
    }
    return {"type": "charge.succeeded", "created": STAMP - 60, "data": {"object": held}}


def paid(event: dict[str, Any]) -> tuple[dict[str, Any], list[RecordEvent]]:
    body = json.dumps(event).encode()
    return tell("shop", body, stripe(body))


def test_a_charge_is_a_purchase_to_the_cent() -> None:
    answer, (said,) = paid(charge())

    assert answer == {"recorded": 1}
    assert (said.event, said.own_id, said.address) == ("purchase.made", "ch_1", "ada@example.com")
    assert said.data == {
        "amount": "49.90",
        "currency": "EUR",
        "product": "Lemon cake",
        "order": "pi_1",
    }
    assert said.source == "hook:shop"


def test_money_that_was_only_allowed_is_no_purchase_until_it_is_taken() -> None:
    allowed = charge(captured=False)
    taken = {**charge(captured=True, amount_captured=3000), "type": "charge.captured"}

    assert paid(allowed)[1] == []
    (said,) = paid(taken)[1]
    assert (said.event, said.own_id, said.data["amount"]) == ("purchase.made", "ch_1", "30.00")


@pytest.mark.parametrize(
    ("currency", "amount", "told"),
    [
        ("jpy", 500, "500"),
        ("kwd", 1230, "1.230"),
        ("isk", 50_000, "500"),
        ("usd", 1, "0.01"),
        ("mga", 5000, "5000.00"),
    ],
)
def test_each_currency_has_its_own_coins(currency: str, amount: int, told: str) -> None:
    _, (said,) = paid(charge(currency=currency, amount=amount))

    assert said.data["amount"] == told


def test_each_part_that_is_paid_back_counts_once() -> None:
    def refund(total: int, before: int) -> dict[str, Any]:
        event = charge(amount_refunded=total)
        event["data"]["previous_attributes"] = {"amount_refunded": before}
        return {**event, "type": "charge.refunded"}

    _, (first,) = paid(refund(1000, 0))
    _, (second,) = paid(refund(1500, 1000))

    assert (first.event, first.data["amount"]) == ("refund.made", "10.00")
    assert second.data["amount"] == "5.00"
    assert first.own_id != second.own_id


@pytest.mark.parametrize(
    "event",
    [
        {"type": "payment_intent.succeeded", "data": {"object": {}}},
        {"type": "customer.created"},
        {"type": 7},
        {},
        charge(billing_details={"email": None}, receipt_email=None),
        charge(billing_details=None),
        charge(id=None),
        charge(billing_details={"email": "nobody"}),
    ],
)
def test_what_concerns_no_lead_is_answered_and_left_out(event: dict[str, Any]) -> None:
    answer, said = paid(event)

    assert answer["recorded"] == 0
    assert said == []


@pytest.mark.parametrize("amount", [None, "49", 4.9, True, []])
def test_a_charge_without_an_amount_is_refused(amount: object) -> None:
    with pytest.raises(Unreadable):
        paid(charge(amount=amount))


BODY = json.dumps(charge()).encode()


@pytest.mark.parametrize(
    ("source", "headers"),
    [
        ("shop", {}),
        ("shop", stripe(BODY + b" ")),
        ("shop", stripe(BODY, at=STAMP - 301)),
        ("shop", stripe(BODY, at=STAMP + 301)),
        ("shop", stripe(BODY, secret=b"another")),
        ("shop", zoom(BODY)),
        ("shop", {"stripe-signature": "t=,v1="}),
        ("shop", {"stripe-signature": "t=٣,v1=é"}),
        ("shop", {"stripe-signature": f"v1={mac(b'.' + BODY)}"}),
        ("webinars", zoom(BODY, at=STAMP - 301)),
        ("webinars", {**zoom(BODY), "x-zm-request-timestamp": str(STAMP - 1)}),
        ("quiz", {"typeform-signature": "sha256="}),
        ("quiz", typeform(BODY + b"x")),
        ("unset", stripe(BODY)),
        ("unset", stripe(BODY, secret=b"")),
    ],
)
def test_what_is_not_signed_with_the_sources_secret_is_refused(
    source: str, headers: dict[str, str]
) -> None:
    with pytest.raises(Unsigned):
        tell(source, BODY, headers)


def test_a_source_that_nobody_names_is_none() -> None:
    with pytest.raises(NotFound):
        tell("elsewhere", BODY, stripe(BODY))


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"a":NaN}', b'"x"', b"[" * 9000])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        tell("shop", body, stripe(body))


def test_another_content_type_is_refused() -> None:
    with pytest.raises(UnsupportedType):
        tell("shop", BODY, stripe(BODY), media="text/plain")


def test_who_comes_to_a_webinar_comes_once() -> None:
    person = {"email": "ada@example.com", "user_name": "Ada"}
    event = {
        "event": "webinar.participant_joined",
        "event_ts": STAMP * 1000,
        "payload": {"object": {"uuid": "w1", "topic": "Frosting", "participant": person}},
    }
    body = json.dumps(event).encode()

    _, (said,) = tell("webinars", body, zoom(body))

    assert (said.event, said.own_id) == ("webinar.attended", "w1 ada@example.com")
    assert said.occurred_at == NOW
    assert said.data == {"topic": "Frosting"}


@pytest.mark.parametrize("kind", [[], {}, ["meeting.participant_joined"], 1, None])
def test_an_event_whose_kind_is_no_text_concerns_no_lead(kind: object) -> None:
    body = json.dumps({"event": kind, "type": kind}).encode()

    assert tell("webinars", body, zoom(body))[1] == []
    assert tell("shop", body, stripe(body))[1] == []


def test_who_comes_to_a_meeting_without_a_name_comes_to_none() -> None:
    """Two such meetings would be taken for one."""
    held = {"participant": {"email": "ada@example.com"}}
    event = {"event": "meeting.participant_joined", "payload": {"object": held}}
    body = json.dumps(event).encode()

    assert tell("webinars", body, zoom(body))[1] == []


def test_zooms_question_whether_we_know_the_secret_is_answered() -> None:
    event = {"event": "endpoint.url_validation", "payload": {"plainToken": "abc"}}
    body = json.dumps(event).encode()

    answer, said = tell("webinars", body, zoom(body))

    assert answer == {"plainToken": "abc", "encryptedToken": mac(b"abc")}
    assert said == []


def test_the_address_may_stand_in_a_text_answer() -> None:
    response = {
        "form_id": "f1",
        "token": "t1",
        "submitted_at": "2026-11-20T09:29:00Z",
        "answers": [
            {"type": "text", "text": "ada@example.com", "field": {"ref": "where"}},
            {"type": "number", "number": 80, "field": {"ref": "guests"}},
            {"type": "choice", "choice": {"label": "Lemon"}, "field": {"ref": "filling"}},
            {"type": "phone_number", "phone_number": 431234567, "field": {"ref": "phone"}},
            None,
            {"type": "choices", "choices": {"labels": ["a", None]}, "field": {"ref": "more"}},
        ],
    }
    body = json.dumps({"form_response": response}).encode()

    _, (said,) = tell("quiz", body, typeform(body))

    assert said.address == "ada@example.com"
    assert said.data["answers"] == {
        "guests": 80,
        "filling": "Lemon",
        "phone": 431234567,
        "more": ["a", ""],
    }


def sample(name: str) -> dict[str, Any]:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("the senders' own samples are not here")
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def test_stripes_own_samples_are_understood() -> None:
    payment = sample("activepieces/stripe-new-payment-1.json")
    fixture = sample("stripe-fixtures.json")["charge"]

    _, (said,) = paid({**charge(), "data": {"object": payment}})
    nobodys, _ = paid({**charge(), "data": {"object": fixture}})

    assert (said.data["amount"], said.data["currency"]) == ("100.00", "USD")
    assert said.address == "test@gmail.com"
    assert nobodys["recorded"] == 0


def test_typeforms_own_sample_is_understood() -> None:
    body = json.dumps(sample("activepieces/typeform-new-submission-1.json")).encode()

    answer, said = tell("quiz", body, typeform(body))

    assert answer == {"recorded": 0, "left_out": "no address of a lead"}
    assert said == []


def test_a_purchase_needs_an_amount_that_can_be_paid() -> None:
    good: dict[str, object] = {"amount": "49.90", "currency": "eur", "product": "cake"}
    assert priced(good) == {**good, "currency": "EUR", "minor": 4990}
    amounts: list[object] = [0, -1, "x", None, 49.999, 1e30, True, []]
    currencies: list[object] = ["", "EURO", "xx", 7, None]
    products: list[object] = ["", 7, "x" * 301, {}]
    bad = {"amount": amounts, "currency": currencies, "product": products}
    for name, values in bad.items():
        for value in values:
            with pytest.raises(InvalidSubmission):
                priced({**good, name: value})
