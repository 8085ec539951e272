"""A journey that waits for an answer, and one step that calls another service, as deployed."""

import base64
import hashlib
import hmac
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from coldframe.adapters.keys import keys_of
from coldframe.domain.enrolment import Enrolment
from tests.e2e.people import mails_to, names_of, post, record
from workbench.cloud.outside import OutsideCall
from workbench.demo.script import START
from workbench.local.deployed import DeployedTown
from workbench.local.synthesis import ROOT

pytestmark = pytest.mark.xdist_group("local cloud")

WELCOME = """\
title: Welcome
topic: letters
enter: {form: cake-guide}
at_end: {completed: nothing}
steps:
  - send: cake-guide
  - wait_for: email.replied
    limit: 3 days
    then:
      - webhook: order-book
      - notify: owner
        text: They answered.
    else:
      - send: reminder
"""
URL = "https://orders.lindenbakery.example/hooks/coldframe"
LIMIT = timedelta(days=3)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeployedTown]:
    clients = tmp_path_factory.mktemp("clients")
    shutil.copytree(ROOT / "clients/bakery", clients / "bakery")
    (clients / "bakery/journeys/welcome.yaml").write_text(WELCOME)
    with DeployedTown(
        clients=clients,
        assembly=Path(tmp_path_factory.mktemp("assembly")),
        at=START,
        say=print,
        enforce_iam=True,
    ) as running:
        yield running


@pytest.fixture(autouse=True)
def willing(town: DeployedTown) -> None:
    town.cloud.outside.calls.clear()
    town.cloud.outside.answer = lambda _call: HTTPStatus.NO_CONTENT


def welcomed(town: DeployedTown, address: str) -> Enrolment:
    (one,) = (each for each in record(town, address).enrolments if each.journey == "welcome")
    return one


def answered(town: DeployedTown, address: str) -> None:
    """The lead asks for the guide, and answers the mail a day later."""
    post(town, address)
    town.advance(timedelta(days=1))
    (mail,) = (each for each in mails_to(town, address) if each.mail == "cake-guide")
    assert town.reply(mail, "Do you bake for forty people?")


def signed(town: DeployedTown, call: OutsideCall) -> str:
    """As Standard Webhooks has it."""
    ssm, secrets = town.cloud.client("ssm"), town.cloud.client("secretsmanager")
    name = ssm.get_parameter(Name="/coldframe/bakery/dev/keys")["Parameter"]["Value"]
    key = keys_of(secrets.get_secret_value(SecretId=name)["SecretString"]).webhooks
    said = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.".encode() + call.body
    mac = hmac.new(key, said, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(mac).decode()}"


def test_a_real_answer_ends_the_wait_and_the_journey_goes_on_to_call(town: DeployedTown) -> None:
    answered(town, "ada@waits.example")

    ended = welcomed(town, "ada@waits.example")
    (call,) = town.cloud.outside.calls
    told = json.loads(call.body)
    assert ended.reason == "completed"
    assert call.url == URL
    assert call.headers["webhook-signature"] == signed(town, call)
    (claim,) = (each for each in ended.claims.values() if each.mail == "webhook:order-book")
    assert call.headers["webhook-id"] == told["id"] == claim.message
    assert (told["type"], told["journey"], told["lead"]) == ("journey.step", "welcome", ended.lead)
    unknown = dict.fromkeys(("guests", "filling", "wedding_day"))
    assert told["fields"] == {"first_name": "Ada", **unknown}
    assert "ada@waits.example" not in call.body.decode()
    town.advance(LIMIT)
    assert "reminder" not in names_of(mails_to(town, "ada@waits.example"))


def test_who_stays_silent_goes_the_other_way_when_the_limit_is_over(town: DeployedTown) -> None:
    post(town, "silent@waits.example")
    town.settle()
    guide, *_ = mails_to(town, "silent@waits.example")

    town.run_until(guide.at + LIMIT - timedelta(minutes=1))
    assert "reminder" not in names_of(mails_to(town, "silent@waits.example"))
    town.run_until(guide.at + LIMIT + timedelta(minutes=1))

    assert "reminder" in names_of(mails_to(town, "silent@waits.example"))
    assert town.cloud.outside.calls == []


def test_a_service_that_is_down_is_called_again_with_the_same_id(town: DeployedTown) -> None:
    calls = town.cloud.outside.calls
    town.cloud.outside.answer = lambda _: 503 if len(calls) < 3 else HTTPStatus.OK

    answered(town, "again@waits.example")
    town.advance(timedelta(hours=1))

    assert len(calls) == 3
    assert len({call.headers["webhook-id"] for call in calls}) == 1
    assert welcomed(town, "again@waits.example").reason == "completed"


def test_a_service_that_refuses_holds_no_lead_up_and_the_record_says_so(
    town: DeployedTown,
) -> None:
    town.cloud.outside.answer = lambda _: HTTPStatus.GONE

    answered(town, "gone@waits.example")

    assert len(town.cloud.outside.calls) == 1
    assert welcomed(town, "gone@waits.example").reason == "completed"
    (told,) = (
        each
        for each in record(town, "gone@waits.example").messages
        if each.mail == "webhook:order-book"
    )
    assert told.state == "refused"
    assert "410" in told.why
