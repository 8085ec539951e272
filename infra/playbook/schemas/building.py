"""What schemas are built of: tables of keys, and the shapes of what people write in them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from infra.playbook.conditions.built_in import EVENTS

Schema: TypeAlias = dict[str, Any]

DURATION_PATTERN: Final = r"^\d+ ?(minute|hour|day|week)s?$"
CLOCK_PATTERN: Final = r"([01]\d|2[0-3]):[0-5]\d"


def table(
    about: str, keys: Mapping[str, Schema], *, needed: Sequence[str] = (), title: str = ""
) -> Schema:
    """A mapping with these keys and no other."""
    return {
        **({"title": title} if title else {}),
        "description": about,
        "type": "object",
        "properties": dict(keys),
        "additionalProperties": False,
        **({"required": list(needed)} if needed else {}),
    }


def by_name(about: str, value: Schema, *, pattern: str) -> Schema:
    """A mapping from names of the author's own."""
    return {
        "description": about,
        "type": "object",
        "patternProperties": {pattern: value},
        "additionalProperties": False,
    }


def text(about: str, *, pattern: str = "", examples: Sequence[str] = ()) -> Schema:
    return {
        "description": about,
        "type": "string",
        "minLength": 1,
        **({"pattern": pattern} if pattern else {}),
        **({"examples": list(examples)} if examples else {}),
    }


def one_of(about: str, words: Sequence[str]) -> Schema:
    return {"description": about, "enum": list(words)}


def yes_or_no(about: str) -> Schema:
    """An editor that reads YAML 1.2 takes `no` for a text."""
    return {"description": about, "enum": [True, False, "yes", "no", "on", "off"]}


def number(about: str, *, low: int | None = None, high: int | None = None) -> Schema:
    return {
        "description": about,
        "type": "integer",
        **({} if low is None else {"minimum": low}),
        **({} if high is None else {"maximum": high}),
    }


def each(about: str, item: Schema) -> Schema:
    return {"description": about, "type": "array", "items": item}


def either(about: str, *ways: Schema) -> Schema:
    return {"description": about, "anyOf": list(ways)}


def one_or_more(about: str, item: Schema) -> Schema:
    return either(about, item, {"type": "array", "items": item, "minItems": 1})


NAME: Final = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
FIELD: Final = "^[a-z][a-z0-9_]*$"
EVENT: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
ADDRESS: Final = r"^[^@\s]+@[^@\s]+\.[a-z]+$"
LANGUAGE: Final = "^[a-z]{2,3}(-[A-Z]{2})?$"


def name(about: str) -> Schema:
    return text(about, pattern=NAME)


def duration(about: str) -> Schema:
    return text(about, pattern=DURATION_PATTERN, examples=["2 days", "90 minutes", "1 week"])


def clock(about: str) -> Schema:
    return text(about, pattern=f"^{CLOCK_PATTERN}$", examples=["09:00"])


def hours(about: str) -> Schema:
    return text(about, pattern=f"^{CLOCK_PATTERN}[-–]{CLOCK_PATTERN}$", examples=["21:00-08:00"])


def percent(about: str) -> Schema:
    return text(about, pattern=r"^\d{1,3} ?%$", examples=["20%"])


def condition(about: str) -> Schema:
    example = 'score >= 50 and did("page.viewed", path="/pricing*", within="30 days") >= 2'
    return text(about, examples=[example])


def event(about: str) -> Schema:
    return text(about, pattern=EVENT, examples=sorted(spec.kind for spec in EVENTS))


def date_mark(about: str) -> dict[str, Schema]:
    """The keys that name a date of the lead."""
    return {
        "date": text(about, pattern=FIELD),
        "days": number("Days before it (below zero) or after it.", low=-3660, high=3660),
        "at": clock("The hour in the lead's own zone; 09:00 if unsaid."),
    }


def translated(about: str) -> Schema:
    """A text, or one for each language."""
    plain: Schema = {"type": "string", "minLength": 1}
    return either(
        about,
        plain,
        {"type": "object", "patternProperties": {LANGUAGE: plain}, "additionalProperties": False},
    )


SCALAR: Final[Schema] = {"type": ["string", "number", "boolean"]}
