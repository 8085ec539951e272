import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.entrypoints.sqs import email_events_endpoint

EVENTS = Path(__file__).parents[3] / "events" / "ses"


def batch(name: str) -> dict[str, list[dict[str, str]]]:
    event: dict[str, list[dict[str, str]]] = json.loads((EVENTS / f"{name}.json").read_text())
    return event


class Recording:
    def __init__(self, failing: EmailEventKind | None = None) -> None:
        self.heard: list[EmailEvent] = []
        self.failing = failing

    def __call__(self, events: Sequence[EmailEvent]) -> Mapping[str, Exception]:
        self.heard += events
        return {each.id: OSError() for each in events if each.kind is self.failing}


@pytest.mark.parametrize("name", ["queue_raw", "queue_in_envelope"])
def test_events_are_read_raw_and_in_sns_s_envelope(name: str) -> None:
    recording = Recording()

    answer = email_events_endpoint(recording.__call__)(batch(name), None)

    assert answer == {"batchItemFailures": []}
    assert len(recording.heard) == len(batch(name)["Records"])


def test_an_unreadable_message_comes_again_and_the_others_are_done() -> None:
    recording = Recording()

    answer = email_events_endpoint(recording.__call__)(batch("queue_one_unreadable"), None)

    assert [each.kind for each in recording.heard] == [EmailEventKind.COMPLAINED]
    first = batch("queue_one_unreadable")["Records"][0]["messageId"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": first}]}


def test_only_what_could_not_be_recorded_comes_again_with_all_its_copies() -> None:
    event = batch("queue_raw")
    event["Records"].append({**event["Records"][2], "messageId": "a-copy"})
    recording = Recording(failing=EmailEventKind.OPENED)

    answer = email_events_endpoint(recording.__call__)(event, None)

    failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
    assert failed == {event["Records"][2]["messageId"], "a-copy"}


def test_another_sender_s_mail_is_passed_over() -> None:
    event = batch("queue_raw")
    for record in event["Records"]:
        body = json.loads(record["body"])
        body["mail"]["tags"] = {}
        record["body"] = json.dumps(body)
    recording = Recording()

    answer = email_events_endpoint(recording.__call__)(event, None)

    assert not recording.heard
    assert answer == {"batchItemFailures": []}
