"""The schemas of segments.yaml, personas.yaml, scoring.yaml and content.yaml."""

from typing import Final

from infra.playbook.knowing.content_file import STAGES
from infra.playbook.knowing.scoring_file import LIFECYCLE, STATUSES, TIERS
from infra.playbook.schemas.building import (
    FIELD,
    SCALAR,
    Schema,
    by_name,
    condition,
    duration,
    each,
    either,
    event,
    one_of,
    one_or_more,
    table,
    text,
)

_POINTS: Final[Schema] = {"type": "number", "description": "Points, also below zero."}
_WHY: Final = text("Why, for people.")
_GROUP: Final = text("A group of `groups`, whose points are capped together.")
_FADES: Final = either(
    "How points fade.",
    one_of("Not at all.", ["never"]),
    table("By halves.", {"half_life": duration("The time.")}, needed=["half_life"]),
    table("Evenly.", {"over": duration("The time.")}, needed=["over"]),
)


def _named(about: str, *, needed: tuple[str, ...] = ("if",)) -> Schema:
    keys = {"if": condition("Who is in it."), "label": text("For people."), "why": _WHY}
    return either(about, condition("Who is in it."), table("In detail.", keys, needed=needed))


SEGMENTS: Final = {
    "title": "A Coldframe client's segments",
    **by_name("Name → who is in it.", _named("One segment."), pattern=FIELD),
}
PERSONAS: Final = {
    "title": "A Coldframe client's personas",
    **by_name("Name → who it is; the first that holds.", _named("One.", needed=()), pattern=FIELD),
}


def _by_word(about: str, words: tuple[str, ...]) -> Schema:
    return table(about, {word: condition("What must hold.") for word in words})


SCORING: Final = table(
    "Points for who a lead is and what it does, and what they lead to.",
    {
        "fit": each(
            "Points for who it is.",
            table(
                "One rule.",
                {"if": condition("Of whom."), "points": _POINTS, "group": _GROUP, "why": _WHY},
                needed=["if", "points"],
            ),
        ),
        "engagement": each(
            "Points for what it does.",
            table(
                "One rule.",
                {
                    "event": event("Of what."),
                    "where": by_name("Values that it must hold.", SCALAR, pattern=FIELD),
                    "points": _POINTS,
                    "cap": {"type": "number", "description": "The most that it gives."},
                    "group": _GROUP,
                    "fades": _FADES,
                    "why": _WHY,
                },
                needed=["event", "points"],
            ),
        ),
        "groups": by_name("Group → its cap.", {"type": "number"}, pattern="."),
        "fades": _FADES,
        "tiers": table("Where each begins.", dict.fromkeys(TIERS, _POINTS), needed=TIERS),
        "disqualify": each(
            "Who is none of ours.",
            either(
                "One rule.",
                condition("Who."),
                table("With a reason.", {"if": condition("Who."), "why": _WHY}, needed=["if"]),
            ),
        ),
        "status": _by_word("Where a lead stands.", STATUSES),
        "lifecycle": _by_word("How far it has come.", LIFECYCLE),
        "alerts": each(
            "Of what people hear.",
            table(
                "One alert.",
                {
                    "tier": one_of("The tier that is reached.", TIERS),
                    "lifecycle": one_of("Or the rung.", LIFECYCLE),
                    "margin": {"type": "number", "description": "How far it must fall first."},
                },
            ),
        ),
    },
    title="A Coldframe client's scores",
)

_CONTENT: Final = table(
    "What shows that a buyer is there.",
    {
        part: one_or_more(f"Its {part}.", text("One of them."))
        for part in ("pages", "mails", "events")
    },
)
CONTENT: Final = table(
    "Which content shows that a buyer has come to which stage.",
    {**dict.fromkeys(STAGES, _CONTENT), "within": duration("How long it counts.")},
    title="A Coldframe client's content",
)
