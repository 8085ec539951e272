"""The schema of a journey's steps: one key is the verb, and decides which others there are."""

from typing import Final

from infra.journeys.waits_reader import IF_PAST
from infra.playbook.schemas.building import (
    CLOCK_PATTERN,
    FIELD,
    SCALAR,
    Schema,
    by_name,
    condition,
    date_mark,
    duration,
    each,
    either,
    event,
    name,
    number,
    one_of,
    percent,
    table,
    text,
)

STEPS: Final[Schema] = {"type": "array", "items": {"$ref": "#/$defs/step"}}
_UNTIL: Final = text(
    "The next time it is this hour (on this weekday) on the lead's wall.",
    pattern=f"^([A-Za-z, ]+ )?{CLOCK_PATTERN}$",
    examples=["09:00", "tuesday 10:00", "weekday 09:00"],
)
_SPAN: Final = either(
    "A duration, or an expression that gives one.",
    duration("E.g. 2 days."),
    text("An expression.", pattern=r"[(\[]| if ", examples=["days(1) if score >= 50 else days(3)"]),
)
_WAIT: Final = either(
    "How long to wait.",
    _SPAN,
    table("A time, then an hour.", {"for": _SPAN, "until": _UNTIL}),
    table(
        "Until a date of the lead.",
        {
            **date_mark("A field that holds a date."),
            "if_past": one_of("What to do if it has passed, or there is none.", IF_PAST),
        },
        needed=["date", "if_past"],
    ),
)
_LABEL: Final = name("What reports call this way.")
_ARM: Final = either(
    "One way of the branch.",
    table(
        "For leads of whom this holds.",
        {"if": condition("What must hold."), "then": STEPS, "label": _LABEL},
        needed=["if", "then"],
    ),
    table("For all others.", {"else": STEPS, "label": _LABEL}, needed=["else"]),
)
_SHARE: Final = table(
    "Some of the leads, always the same ones.",
    {"share": percent("How many."), "label": _LABEL, "then": STEPS},
    needed=["share", "label"],
)
_POINTS: Final = number("Points, also below zero.", low=-1000, high=1000)


def _step(verb: str, value: Schema, about: str, *needed: str, **more: Schema) -> Schema:
    own = name("A name of its own, if another step would have the same.")
    keys = {key.rstrip("_"): schema for key, schema in more.items()}
    return table(about, {verb: value, "id": own, **keys}, needed=[verb, *needed])


KINDS: Final = (
    _step("send", name("A mail of emails/."), "Sends a mail."),
    _step("text", name("A text of texts/."), "Sends a text message."),
    _step("wait", _WAIT, "Waits."),
    _step(
        "wait_for",
        event("What is waited for."),
        "Waits for an event, with a limit.",
        "limit",
        where=by_name("Values that the event must hold.", SCALAR, pattern=FIELD),
        if_=condition("What must hold of the lead when it comes."),
        since=one_of("Which events count.", ["send", "enrolment", "now"]),
        limit=duration("How long at most."),
        then=STEPS,
        else_=STEPS,
    ),
    _step("branch", each("Its ways.", _ARM), "Goes the first way that holds."),
    _step(
        "split",
        each("Its shares.", _SHARE),
        "Shares leads out, for an experiment.",
        "id",
        holdout=percent("Who gets requested mails only from here on, to be measured against."),
    ),
    _step(
        "repeat",
        text("How often.", pattern=r"^\d+ times?$", examples=["3 times"]),
        "Does its steps several times.",
        "steps",
        steps=STEPS,
        until=condition("What ends it early."),
    ),
    _step(
        "set",
        by_name("Field → value, or `=` and an expression.", SCALAR, pattern=FIELD),
        "Sets fields of the lead.",
    ),
    _step(
        "score",
        either(
            "Points.",
            _POINTS,
            table("With a reason.", {"points": _POINTS, "why": text("Why.")}, needed=["points"]),
        ),
        "Gives or takes points.",
    ),
    _step(
        "stop_marketing",
        text("Why, as the lead's record tells it.", examples=["silent for four months"]),
        "Ends all marketing to the lead, until it comes back by itself.",
    ),
    _step(
        "notify",
        name("`owner` or one of the client's people."),
        "Tells somebody.",
        "text",
        text=text("What to tell them."),
    ),
    _step(
        "task",
        text("What is to be done."),
        "Gives somebody something to do.",
        "to",
        to=name("`owner` or one of the client's people."),
        within=duration("By when."),
    ),
    _step("hand_off", one_of("Whose the lead becomes.", ["owner"]), "Gives the lead to sales."),
    _step("webhook", name("One of client.yaml's `webhooks`."), "Tells another system."),
    _step("enrol", name("Another journey."), "Lets the lead enter another journey too."),
    _step("exit", name("How the passage ends."), "Ends the passage here."),
)

STEP: Final[Schema] = {"$ref": "#/$defs/step"}


def _verb(kind: Schema) -> str:
    return str(kind["required"][0])


def _is(verb: str) -> Schema:
    """`notify` has a `text` of its own."""
    asked: Schema = {"required": [verb]}
    return {**asked, "not": {"required": ["notify"]}} if verb == "text" else asked


DEFINITIONS: Final[Schema] = {
    "step": {
        "description": "One step; its verb decides what else it says.",
        "type": "object",
        "properties": {_verb(kind): {"description": kind["description"]} for kind in KINDS},
        "anyOf": [{"required": [_verb(kind)]} for kind in KINDS],
        "allOf": [{"if": _is(_verb(kind)), "then": kind} for kind in KINDS],
    }
}
"""Asked by its verb, so that an editor complains of what is wrong with that one step."""
