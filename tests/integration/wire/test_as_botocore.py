"""What we send and hear without botocore is what it sends and hears."""

from calendar import timegm
from collections.abc import Iterator
from time import strptime
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Botocores

from coldframe.adapters.aws import in_our_words
from coldframe.adapters.aws_faults import AwsRefusal
from coldframe.adapters.wire.clients import SERVICES
from coldframe.adapters.wire.signing import Credentials, Signer
from infra.bundling.operations import OPERATIONS
from tests.integration.wire.place import Place, Told, a_place, botocores, wired

KEY = {"pk": {"S": "L#ada"}, "sk": {"S": "P"}}
ASKED: dict[tuple[str, str], dict[str, Any]] = {
    ("dynamodb", "get_item"): {"TableName": "leads", "Key": KEY, "ConsistentRead": True},
    ("dynamodb", "put_item"): {"TableName": "leads", "Item": {**KEY, "n": {"N": "1.5"}}},
    ("dynamodb", "update_item"): {
        "TableName": "leads",
        "Key": KEY,
        "UpdateExpression": "SET #a = :a",
        "ExpressionAttributeNames": {"#a": "a"},
        "ExpressionAttributeValues": {":a": {"L": [{"BOOL": True}, {"NULL": True}]}},
    },
    ("dynamodb", "delete_item"): {"TableName": "leads", "Key": KEY},
    ("dynamodb", "query"): {
        "TableName": "leads",
        "KeyConditionExpression": "#pk = :pk",
        "ExpressionAttributeNames": {"#pk": "pk"},
        "ExpressionAttributeValues": {":pk": {"S": "L#Zoë"}},
        "Limit": 3,
    },
    ("dynamodb", "batch_get_item"): {"RequestItems": {"leads": {"Keys": [KEY]}}},
    ("dynamodb", "transact_write_items"): {
        "TransactItems": [{"Put": {"TableName": "leads", "Item": KEY}}],
        "ClientRequestToken": "one-of-our-own",
    },
    ("secretsmanager", "get_secret_value"): {"SecretId": "keys"},
    ("stepfunctions", "start_execution"): {"stateMachineArn": "a", "name": "n", "input": "{}"},
    ("stepfunctions", "stop_execution"): {"executionArn": "a", "error": "converted"},
    ("stepfunctions", "send_task_success"): {"taskToken": "t", "output": "{}"},
    ("stepfunctions", "send_task_failure"): {"taskToken": "t", "error": "Left", "cause": "e"},
    ("sesv2", "send_email"): {
        "FromEmailAddress": "Rosa <rosa@lindenbakery.example>",
        "Destination": {"ToAddresses": ["ada@example.com"]},
        "Content": {"Simple": {"Subject": {"Data": "Grüezi", "Charset": "UTF-8"}}},
        "EmailTags": [{"Name": "lead", "Value": "l"}],
    },
}
"""By service and method."""
WHOLE = {"Content": {"Raw": {"Data": b"From: rosa\r\n\r\n\xff"}}}


@pytest.fixture
def place() -> Iterator[Place]:
    with a_place() as standing:
        yield standing


def test_every_method_of_ours_is_compared() -> None:
    ours = {(name, method) for name, each in SERVICES.items() for method in each.methods}

    assert ours == set(ASKED)


def test_botocore_could_take_every_call_over_with_the_data_that_we_ship() -> None:
    for name, service in SERVICES.items():
        assert set(service.methods.values()) <= set(OPERATIONS[name])


@pytest.mark.parametrize(("service", "method"), [*ASKED, ("sesv2", "whole")])
def test_a_call_goes_out_as_botocores_does(
    service: str, method: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = WHOLE if method == "whole" else ASKED[service, method]
    method = "send_email" if method == "whole" else method

    getattr(wired(service, place), method)(**asked)
    getattr(botocores(service, place, monkeypatch), method)(**asked)

    ours, theirs = place.asked
    assert (ours.path, ours.told) == (theirs.path, theirs.told)
    for name in ("content-type", "host", "x-amz-target", "x-amz-security-token"):
        assert ours.headers.get(name) == theirs.headers.get(name)
    name, *added = theirs.headers["user-agent"].split(" ")
    assert ours.headers["user-agent"] == name
    assert not [each for each in added if not each.startswith("PT")], "Powertools adds its own"


@pytest.mark.parametrize("token", ["", "a-role's-token"])
def test_botocore_would_sign_it_so(token: str) -> None:
    body, url = b'{"TableName":"leads"}', "https://dynamodb.eu-central-1.amazonaws.com/"
    credentials = Credentials(access="AKIDEXAMPLE", secret="wJalrXUtnFEMI", token=token)
    headers = {
        "content-type": "application/x-amz-json-1.0",
        "host": "dynamodb.eu-central-1.amazonaws.com",
        "x-amz-target": "DynamoDB_20120810.GetItem",
    }
    request = AWSRequest("POST", url, headers=dict(headers), data=body)
    theirs = Botocores(credentials.access, credentials.secret, token or None)
    SigV4Auth(theirs, "dynamodb", "eu-central-1").add_auth(request)
    at = timegm(strptime(request.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ"))

    ours = Signer(credentials, "eu-central-1", "dynamodb").signed("/", body, headers, at=at)

    assert ours["authorization"] == request.headers["Authorization"]


def test_each_day_has_its_own_key() -> None:
    signer = Signer(Credentials(access="a", secret="s"), "eu-central-1", "dynamodb")
    other = Signer(Credentials(access="a", secret="s"), "eu-central-1", "dynamodb")

    signer.signed("/", b"", {}, at=1_795_000_000)

    assert signer.signed("/", b"", {}, at=1_796_000_000) == other.signed(
        "/", b"", {}, at=1_796_000_000
    )


REFUSALS = [
    Told(
        400,
        {
            "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            "message": "The conditional request failed",
            "Item": KEY,
        },
    ),
    Told(
        400,
        {
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": "cancelled",
            "CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}],
        },
    ),
    Told(400, {"__type": "com.amazon.coral.validate#ValidationException", "message": "no"}),
    Told(413, "<html>too large</html>"),
]


BY_SES = Told(400, {"message": "no"}, error="MessageRejected:http://internal.amazon.com/")


@pytest.mark.parametrize("told", [*REFUSALS, BY_SES])
def test_a_refusal_is_heard_as_botocore_hears_it(
    told: Told, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.plan = [told, told]

    call = ("sesv2", "send_email") if told.error else ("dynamodb", "transact_write_items")

    ours = _refused(wired(call[0], place), *call)
    theirs = _refused(botocores(call[0], place, monkeypatch), *call)

    assert ours["Error"]["Code"] == theirs["Error"]["Code"]
    status = "HTTPStatusCode"
    assert ours["ResponseMetadata"][status] == theirs["ResponseMetadata"][status]
    for name in ("Item", "CancellationReasons"):
        assert ours.get(name) == theirs.get(name)


def _refused(client: Any, service: str, method: str) -> Any:
    try:
        getattr(client, method)(**ASKED[service, method])
    except Exception as error:  # noqa: BLE001 - whichever of the two it is
        told = in_our_words(error)
        assert isinstance(told, AwsRefusal)
        return told.response
    raise AssertionError("it was refused")


def test_an_answer_is_botocores(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    item = {**KEY, "said": {"M": {"é": {"L": [{"N": "1"}, {"S": "x"}, {"BOOL": False}]}}}}
    place.plan = [Told(body={"Item": item}), Told(body={"Item": item})]
    asked = ASKED["dynamodb", "get_item"]

    ours = wired("dynamodb", place).get_item(**asked)
    theirs = botocores("dynamodb", place, monkeypatch).get_item(**asked)

    assert ours["Item"] == theirs["Item"] == item
