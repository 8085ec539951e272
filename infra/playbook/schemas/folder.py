"""The schemas of fields.yaml, events.yaml, forms/ and broadcasts/."""

from typing import Final

from infra.journeys.ranks import WHEN_CAPPED
from infra.playbook.declared import FieldType, Source
from infra.playbook.schemas.building import (
    ADDRESS,
    EVENT,
    FIELD,
    SCALAR,
    by_name,
    each,
    either,
    name,
    number,
    one_of,
    table,
    text,
    translated,
    yes_or_no,
)

_ADDRESS: Final = text("A mail address.", pattern=ADDRESS)
_DOMAIN: Final = text("A domain name.", pattern=r"^([a-z0-9-]+\.)+[a-z]+$")
_URL: Final = text("A whole address.", pattern="^https://")
_ALIASES: Final = each("What existing pages and imports call it.", text("Another name."))
_OPTIONS: Final = either(
    "What can be chosen.",
    each("The values.", {"type": ["string", "number"]}),
    by_name("Value → label.", translated("The label."), pattern="."),
)
_TYPES: Final = [kind.value for kind in FieldType]

FIELDS: Final = {
    "title": "A Coldframe client's fields",
    **by_name(
        "What a lead may tell of itself.",
        either(
            "What it is, or more.",
            text("What it is, in words; it holds text."),
            table(
                "In detail.",
                {
                    "type": one_of("What it holds.", _TYPES),
                    "label": translated("What forms call it."),
                    "about": text("What it is."),
                    "options": _OPTIONS,
                    "personal": yes_or_no("Whether it says something about a person."),
                    "keep": text(
                        "How long after it was last said.",
                        pattern=r"^\d+ ?(day|week|month|year)s?$",
                    ),
                    "aliases": _ALIASES,
                    "ranges": {
                        "type": "array",
                        "description": "For a number that mails ask for: where each range begins.",
                        "items": {"type": "integer"},
                        "minItems": 2,
                    },
                },
                needed=["type"],
            ),
        ),
        pattern=FIELD,
    ),
}

EVENTS: Final = {
    "title": "A Coldframe client's events",
    **by_name(
        "What may happen to a lead elsewhere.",
        either(
            "What it means, or more.",
            text("What it means, in words."),
            table(
                "In detail.",
                {
                    "about": text("What it means."),
                    "source": one_of("Who may tell us.", [each.value for each in Source]),
                    "properties": by_name(
                        "What it holds.",
                        one_of("Its type.", ["text", "number", "boolean", "date", "instant"]),
                        pattern=FIELD,
                    ),
                    "sets": by_name(
                        "Field of the lead → the property that it is.",
                        either(
                            "The property, or more.",
                            text("A property; it gives way to the lead's own word.", pattern=FIELD),
                            table(
                                "In detail.",
                                {
                                    "property": text("A property of the event.", pattern=FIELD),
                                    "overrides": yes_or_no("Also the lead's own earlier word."),
                                },
                                needed=["property"],
                            ),
                        ),
                        pattern=FIELD,
                    ),
                },
                needed=["about"],
            ),
        ),
        pattern=EVENT,
    ),
}

_FORM_FIELD: Final = table(
    "One thing that is asked.",
    {
        "type": one_of("What is asked; fields.yaml's if unsaid.", [*_TYPES, "consent"]),
        "label": translated("The question."),
        "required": yes_or_no("Whether it must be answered."),
        "topic": name("consent: what to."),
        "text": translated("consent: the words that are shown."),
        "options": _OPTIONS,
        "points": by_name("choice: value → points.", {"type": "number"}, pattern="."),
        "min_length": number("text: letters at least.", low=1, high=2000),
        "max_length": number("text: letters at most.", low=1, high=2000),
        "min": {**SCALAR, "description": "number, date: the least."},
        "max": {**SCALAR, "description": "number, date: the most."},
        "country": text("phone: whose numbers.", pattern="^[A-Z]{2}$"),
        "aliases": _ALIASES,
    },
)

FORM: Final = table(
    "What a landing page may post.",
    {
        "title": translated("What the form is called."),
        "submit": translated("The button."),
        "redirect": _URL,
        "thanks": translated("What we say, if there is no page to go to."),
        "result": text("An expression over the answers."),
        "confirm": yes_or_no("Whether a mail asks back before consent counts."),
        "ask": {
            "type": "integer",
            "description": "So many of the fields that a known lead hasn't told yet; else all.",
            "minimum": 1,
            "maximum": 5,
        },
        "gives": either(
            "Files of files/ that nobody gets without this form.",
            text("One of them; its links are good for ever."),
            each("Several.", text("A file.")),
            by_name(
                "File → how long a link to it is good.",
                text("always, or a time.", pattern=r"^(always|\d+ ?(day|week|month|year)s?)$"),
                pattern=".",
            ),
        ),
        "fields": by_name("What is asked.", _FORM_FIELD, pattern=FIELD),
    },
    needed=["title", "fields"],
    title="A Coldframe form",
)

BROADCAST: Final = table(
    "One mail to all who consent to a topic, on a schedule.",
    {
        "why": text("What it is for."),
        "mail": name("A mail of emails/."),
        "topic": name("Who gets it: those who said yes to this."),
        "schedule": text(
            "Minute, hour, day of the month, month, weekday, year.",
            pattern=r"^cron\(.+\)$|^\S+( \S+){5}$",
            examples=["cron(0 10 1 * ? *)"],
        ),
        "priority": number("0 to 9, 5 if unsaid: which goes first at a cap.", low=0, high=9),
        "when_capped": one_of("What becomes of it for whom caps leave no room.", WHEN_CAPPED),
    },
    needed=["mail", "topic", "schedule"],
    title="A Coldframe broadcast",
)

COSTS: Final = table(
    "What the client spends on each source of leads.",
    {
        "currency": text("What it is paid in, as EUR.", pattern="^[A-Z]{3}$"),
        "sources": by_name(
            "Source, as conditions call it, → month → what was paid.",
            by_name(
                "Month → amount.",
                {"description": "As 1200 or 99.50.", "type": ["string", "number"]},
                pattern=r"^20\d\d-(0[1-9]|1[0-2])$",
            ),
            pattern=".",
        ),
    },
    needed=["currency", "sources"],
    title="A Coldframe client's costs",
)
