"""Events that AWS's own samples show drive our readers, or are refused one by one."""

import json
from pathlib import Path
from typing import Any

import pytest

from coldframe.domain.email_event import EmailEvent
from coldframe.entrypoints.http import Unreadable, read_request
from coldframe.entrypoints.schedules import read_broadcast
from coldframe.entrypoints.sqs import email_events_endpoint
from coldframe.entrypoints.streams import each_touchpoint
from tests.fakes.leads import InMemoryTouchpoints, Stream
from tests.fakes.writes import Writes

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "aws-events"
HTTP = ("powertools/apiGatewayProxyV2*.json", "aws-lambda-go/apigw-v2-*")
TEMPLATE = SAMPLES / "sam-cli" / "HttpApi.json"
"""With a hole for its body, which therefore isn't base64."""
QUEUES = ("powertools/s*Sqs*.json", "powertools/sqs*.json", "sam-cli/Sqs.json", "*/sqs-event.json")
TABLES = ("powertools/dynamoStream*", "sam-cli/DynamoDB*", "aws-lambda-go/dynamodb-event.json")
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")


@pytest.fixture
def parking() -> InMemoryTouchpoints:
    return InMemoryTouchpoints(Writes(), Stream())


def samples(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in SAMPLES.glob(pattern))


def told(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", samples(*HTTP), ids=lambda path: path.name)
def test_every_request_of_an_http_api_is_read(path: Path) -> None:
    assert read_request(told(path)).method in {"GET", "POST"}


def test_a_body_that_cant_be_decoded_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_request(told(TEMPLATE))


@pytest.mark.parametrize("path", samples(*QUEUES), ids=lambda path: path.name)
def test_a_queues_messages_that_are_none_of_ours_are_given_back_one_by_one(path: Path) -> None:
    recorded: list[EmailEvent] = []

    def record(events: Any) -> dict[str, Exception]:
        recorded.extend(events)
        return {}

    event = told(path)
    answer = email_events_endpoint(record)(event, None)

    failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
    assert failed == {each["messageId"] for each in event["Records"]}
    assert recorded == []


@pytest.mark.parametrize("path", samples(*TABLES), ids=lambda path: path.name)
def test_a_strange_tables_stream_fails_aloud_and_nothing_is_made_of_it(
    path: Path, parking: InMemoryTouchpoints
) -> None:
    reacted: list[object] = []

    with pytest.raises(KeyError):
        each_touchpoint(parking)(reacted.append)(told(path), None)

    assert (reacted, parking.parked) == ([], {})


def test_the_schedulers_own_event_is_no_broadcast() -> None:
    with pytest.raises(KeyError):
        read_broadcast(told(SAMPLES / "eventbridge-scheduler-event.json"))
