"""The first event of each function, for a lead who was brought to its first mail."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.bench import scene
from tests.bench.answers import Answers
from tests.bench.processes import Child
from tests.bench.scene import Event, Walker

SENT_BY_AWS = Path(__file__).parents[2] / "events"


def first_events(child: Child, table: Answers) -> dict[str, Event]:
    """By function; one that is missing has nothing made up for it yet."""
    (post,) = scene.posts(1)
    child.handle("functions.capture_lead.handler.handler", [post])
    touchpoints = scene.stream_of(table.of_kind("T#"))
    child.handle("functions.react.handler.handler", [touchpoints])
    decisions = scene.stream_of(table.of_kind("D#"))
    child.handle("functions.carry_out.handler.handler", [decisions])
    (walker,) = scene.walkers(table.of_kind("E#"))
    return {
        "capture_lead": post,
        "show_form": scene.form_asked_for(),
        "react": touchpoints,
        "carry_out": decisions,
        "pause_sending": {},
        "receive_reply": _sample("ses/received"),
        "reconcile_suppressions": {},
        "record_event": scene.server_event(),
        "record_visit": _sample("http/visit"),
        "send_broadcast": scene.broadcast(),
        "serve_file": scene.file_asked_for(),
        "sweep_due": {},
        **_of_walker(walker),
    }


def _of_walker(walker: Walker) -> Mapping[str, Event]:
    """The bakery calls nobody: a run that another one has replaced asks its enrolment, and ends."""
    return {
        "call_webhook": {**scene.step(walker, scene.FIRST_STEP), "generation": 0},
        "choose_preferences": scene.looking("preferences", walker),
        "confirm_consent": scene.looking("confirm", walker),
        "decide": {**scene.step(walker, "cake-guide"), "stuck": "States.Runtime"},
        "follow_link": scene.following(walker),
        "hand_off": scene.step(walker, "hand-off"),
        "record_email_event": scene.email_events([("Delivery", walker), ("Open", walker)]),
        "send_message": scene.step(walker, scene.FIRST_STEP),
        "unsubscribe": scene.unsubscribing(walker),
    }


def _sample(name: str) -> Event:
    event: Event = json.loads((SENT_BY_AWS / f"{name}.json").read_text())
    return event
