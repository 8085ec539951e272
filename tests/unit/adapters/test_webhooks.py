"""Calls to other services: signed, told once by their id, judged by their status."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator

import pytest

from coldframe.adapters.webhooks import HttpsWebhooks
from coldframe.domain.errors import MailRefused, Throttled, Transient
from coldframe.domain.webhook import Call
from tests.fakes.callee import Crm
from tests.fakes.clock import MONDAY

KEY = b"a key of the client's"
CALL = Call(url="https://crm.example/leads?from=us", id="m1", body=json.dumps({"id": "m1"}))


@pytest.fixture
def crm() -> Iterator[Crm]:
    with Crm() as server, server.serving():
        yield server


def webhooks(crm: Crm) -> HttpsWebhooks:
    return HttpsWebhooks(lambda: KEY, lambda: MONDAY, crm.address)


def test_a_call_is_signed_as_standard_webhooks_has_it(crm: Crm) -> None:
    assert webhooks(crm).send(CALL) == "m1"

    [(path, headers, body)] = crm.heard
    seconds = str(int(MONDAY.timestamp()))
    mac = hmac.new(KEY, b".".join([b"m1", seconds.encode(), body]), hashlib.sha256).digest()
    assert path == "/crm.example/leads?from=us"
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("m1", seconds)
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mac).decode()}"
    assert headers["content-type"] == "application/json"
    assert body.decode() == CALL.body


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_what_may_pass_is_tried_again(crm: Crm, status: int) -> None:
    crm.status = status

    with pytest.raises(Transient, match=str(status)):
        webhooks(crm).send(CALL)


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 410])
def test_what_is_refused_for_good_says_so_and_no_redirect_is_followed(
    crm: Crm, status: int
) -> None:
    crm.status = status

    with pytest.raises(MailRefused, match=f"webhook_refused_{status}"):
        webhooks(crm).send(CALL)

    assert len(crm.heard) == 1


def test_who_is_not_there_may_come_back(crm: Crm) -> None:
    crm.server_close()
    nobody = HttpsWebhooks(lambda: KEY, lambda: MONDAY, "http://127.0.0.1:9")

    with pytest.raises(Transient):
        nobody.send(CALL)


def test_a_key_that_cannot_be_read_now_is_a_passing_fault(crm: Crm) -> None:
    def throttled() -> bytes:
        raise Throttled("ThrottlingException")

    with pytest.raises(Transient) as told:
        HttpsWebhooks(throttled, lambda: MONDAY, crm.address).send(CALL)

    assert not isinstance(told.value, Throttled)
    assert crm.heard == []


def test_only_https_is_called() -> None:
    plain = Call(url="http://crm.example/leads", id="m1", body="{}")

    with pytest.raises(MailRefused, match="webhook_not_https"):
        HttpsWebhooks(lambda: KEY, lambda: MONDAY).send(plain)
