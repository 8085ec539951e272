"""The schema of journeys/<journey>.yaml."""

from typing import Final

from infra.journeys.ranks import WHEN_CAPPED
from infra.journeys.reader import EDITS, STATUSES
from infra.playbook.schemas.building import (
    FIELD,
    SCALAR,
    Schema,
    by_name,
    date_mark,
    duration,
    each,
    either,
    event,
    hours,
    name,
    number,
    one_of,
    one_or_more,
    percent,
    table,
    text,
    yes_or_no,
)
from infra.playbook.schemas.steps import STEP

_WHERE: Final = by_name("Values that the event must hold.", SCALAR, pattern=FIELD)
_DAYS: Final = one_or_more(
    "The weekdays.", text("`monday` …, `weekdays`, `weekend` or `every day`.")
)


def _ways_in() -> Schema:
    return either(
        "How leads enter.",
        event("An event, or `by_hand`."),
        table("A form.", {"form": name("A form of forms/."), "where": _WHERE}, needed=["form"]),
        table(
            "An event.", {"event": event("A declared event."), "where": _WHERE}, needed=["event"]
        ),
        table(
            "A segment.",
            {
                "segment": text("A segment that leads come into.", pattern=FIELD),
                "also_current": yes_or_no("Whether those enter who are in it already."),
            },
            needed=["segment"],
        ),
        table("A date of the lead.", date_mark("The field that holds it."), needed=["date"]),
    )


def _ways_out() -> Schema:
    reason = name("How the passage ends; `at_end` says what follows.")
    return either(
        "What makes leads exit.",
        event("A declared event."),
        table(
            "An event.",
            {"event": event("A declared event."), "where": _WHERE, "reason": reason},
            needed=["event"],
        ),
        table(
            "A segment that the lead leaves.",
            {"segment_left": text("The segment.", pattern=FIELD), "reason": reason},
            needed=["segment_left"],
        ),
    )


def _re_enter() -> Schema:
    return either(
        "Whether a lead may come in again, once it is out.",
        one_of("Never, or always.", ["never", "always"]),
        text("After some time.", pattern=r"^after \d+ ?(minute|hour|day|week)s?$"),
        table(
            "In detail.",
            {
                "after": duration("The time since the last passage ended."),
                "always": yes_or_no("At once."),
                "concurrent": yes_or_no("Also while it is still in it."),
                "key": text("A property of the event: one passage for each value."),
            },
        ),
    )


JOURNEY: Final = table(
    "How leads are nurtured from one event to a goal.",
    {
        "title": text("What the journey is called, for people."),
        "why": text("What it is for."),
        "topic": name("The topic of client.yaml that all its mails are about."),
        "owner": name("Whose journey it is: `owner` or one of client.yaml's `people`."),
        "priority": number("0 to 9, 5 if unsaid: which goes first at a cap.", low=0, high=9),
        "when_capped": one_of("What becomes of a mail for which caps leave no room.", WHEN_CAPPED),
        "status": one_of("draft: checked only. closing: nobody enters any more.", STATUSES),
        "edits": one_of("What an edit does to leads in flight.", EDITS),
        "moved": by_name(
            "Old step → the step that takes its place.",
            name("A step."),
            pattern=r"^[a-z][a-z0-9 ()-]*$",
        ),
        "enter": one_or_more("How leads enter.", _ways_in()),
        "re_enter": _re_enter(),
        "exit_when": one_or_more("What makes leads exit.", _ways_out()),
        "goal": table(
            "What the journey is to bring about.",
            {
                "event": event("The event that reaches it."),
                "where": _WHERE,
                "within": duration("The time it may take after entering."),
                "target": percent("The share of leads that should reach it."),
            },
            needed=["event", "within", "target"],
        ),
        "at_end": by_name(
            "How a passage ends → what follows it.",
            name("A journey, or `nothing`."),
            pattern="^[a-z][a-z0-9-]*$",
        ),
        "send_window": table(
            "When its mails may go, in the lead's own zone.",
            {"days": _DAYS, "hours": hours("From – to.")},
            needed=["hours"],
        ),
        "steps": each("What happens, in order.", STEP),
    },
    needed=["enter", "steps"],
    title="A Coldframe journey",
)
