"""Every sample in events/ is what some function of ours understands."""

import json
from pathlib import Path

import pytest

from tests.integration.world import World

EVENTS = Path(__file__).parents[2] / "events"
HEARD_BY = {
    "http/form_urlencoded": ("capture_lead", 303),
    "http/form_multipart": ("capture_lead", 303),
    "http/form_json": ("capture_lead", 201),
    "http/form_missing_address": ("capture_lead", 422),
    "http/unsubscribe_page": ("unsubscribe", 404),
    "http/unsubscribe_one_click": ("unsubscribe", 404),
    "http/unsubscribe_one_click_multipart": ("unsubscribe", 404),
    "http/follow_link": ("follow_link", 404),
    "http/file": ("serve_file", 302),
    "http/server_event": ("record_event", 401),
    "http/hook": ("receive_hook", 401),
    "http/visit": ("record_visit", 202),
    "http/visit_script": ("record_visit", 200),
    "schedule/broadcast": ("send_broadcast", None),
    "schedule/broadcast_deferred": ("send_broadcast", None),
    "schedule/sweep": ("sweep_due", None),
    "schedule/deployed": ("sweep_due", None),
    "stream/touchpoint": ("react", None),
    "stream/touchpoint_poisoned": ("react", None),
    "stream/decision": ("carry_out", None),
    "ses/queue_raw": ("record_email_event", None),
    "ses/queue_in_envelope": ("record_email_event", None),
    "ses/queue_one_unreadable": ("record_email_event", None),
}
READ_ELSEWHERE = {"journey", "ses"}
"""By unit tests: a step needs an enrolment, an SES record stands in a queue's message."""


@pytest.mark.parametrize(("sample", "heard"), HEARD_BY.items(), ids=HEARD_BY.keys())
def test_a_real_payload_is_understood(
    sample: str, heard: tuple[str, int | None], world: World
) -> None:
    function, status = heard
    event = json.loads((EVENTS / f"{sample}.json").read_text(encoding="utf-8"))

    answer = world.functions(function, event)

    assert (answer or {}).get("statusCode") == status


def test_no_sample_is_forgotten() -> None:
    samples = {
        str(path.relative_to(EVENTS).with_suffix(""))
        for path in EVENTS.rglob("*.json")
        if path.parent.name not in READ_ELSEWHERE
    }

    assert samples <= set(HEARD_BY)
