import json
from datetime import UTC, datetime, timedelta

import pytest

from coldframe.domain.errors import InvalidAddress, InvalidSubmission
from coldframe.domain.lead import lead_id
from coldframe.entrypoints.http import BadRequest, Request, Unreadable, Unsigned, UnsupportedType
from coldframe.entrypoints.server_events import read_server_event, signature
from coldframe.services.record_event import RecordEvent
from tests.unit.adapters.keyring import Vault

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEYS = Vault().keys()
BOOKED = {"event": "tasting.booked", "email": " Ada@Example.com", "id": "booking-1042"}


def read(
    body: bytes, *, at: datetime = NOW, signed: str | None = None, media: str = "application/json"
) -> RecordEvent:
    told = signature(KEYS().events, body, at=int(at.timestamp())) if signed is None else signed
    headers = {"content-type": media, "coldframe-signature": told}
    request = Request(method="POST", path={}, headers=headers, body=body)
    return read_server_event(request, keys=KEYS, now=NOW)


def test_a_signed_event_is_read_and_its_lead_is_the_address_s() -> None:
    event = read(json.dumps({**BOOKED, "occurred_at": "2026-11-20T09:00:00Z"}).encode())

    assert event.address == "ada@example.com"
    assert event.lead == lead_id(KEYS().id, "ada@example.com")
    assert event.occurred_at == NOW - timedelta(minutes=30)


@pytest.mark.parametrize("signed", ["", "t=1,v1=00", "v1=", "t=,v1=", "t=٣,v1=00", "é" * 20])
def test_what_is_not_signed_with_the_client_s_key_is_refused(signed: str) -> None:
    with pytest.raises(Unsigned):
        read(json.dumps(BOOKED).encode(), signed=signed)


def test_a_signature_for_another_body_is_refused() -> None:
    signed = signature(KEYS().events, b"{}", at=int(NOW.timestamp()))

    with pytest.raises(Unsigned):
        read(json.dumps(BOOKED).encode(), signed=signed)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_signature_from_another_time_is_refused(minutes: int) -> None:
    with pytest.raises(Unsigned):
        read(json.dumps(BOOKED).encode(), at=NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {**BOOKED, "id": ""},
        {**BOOKED, "id": 7},
        {**BOOKED, "data": []},
        {**BOOKED, "occurred_at": "yesterday"},
        {**BOOKED, "occurred_at": 1795167000},
        {**BOOKED, "occurred_at": "2026-11-20"},
        {**BOOKED, "data": {"n": 10**40}},
        {**BOOKED, "data": {"n": [-1e200]}},
        {**BOOKED, "data": json.loads('{"a":' * 40 + "1" + "}" * 40)},
        {**BOOKED, "event": "x" * 400},
    ],
)
def test_a_bad_field_is_named(told: dict[str, object]) -> None:
    with pytest.raises(InvalidSubmission) as raised:
        read(json.dumps(told).encode())

    assert raised.value.problems


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(InvalidAddress):
        read(json.dumps({**BOOKED, "email": "ada"}).encode())


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"\xff", b'{"a": NaN}', b'{"a":"\\ud800"}'])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


def test_another_content_type_is_refused() -> None:
    with pytest.raises(UnsupportedType) as raised:
        read(b"a=b", media="text/plain")

    assert isinstance(raised.value, BadRequest)


def test_no_key_serves_two_purposes() -> None:
    keys = KEYS()

    assert len({keys.id, keys.events, *(key for _, key in keys.sign)}) == 2 + len(keys.sign)
