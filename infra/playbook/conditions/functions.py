"""The functions of the condition language, in words; the docs are made of this table."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionSpec:
    name: str
    signature: str
    gives: str
    about: str
    examples: tuple[str, ...]


FUNCTIONS: Final = (
    FunctionSpec(
        name="did",
        signature='did(kind, property=value, …, within="30 days")',
        gives="number of times",
        about="How often the event happened; with `within`, only what is younger than that. In the"
        " values `*` stands for any characters. Must be compared with a whole number up to 100.",
        examples=(
            'did("page.viewed", path="/pricing*", within="30 days") >= 2',
            'did("form.submitted") == 0',
        ),
    ),
    FunctionSpec(
        name="last",
        signature="last(kind, property=value, …)",
        gives="instant",
        about="When the event happened last; missing if never.",
        examples=('since(last("email.clicked")) < days(7)',),
    ),
    FunctionSpec(
        name="first",
        signature="first(kind, property=value, …)",
        gives="instant",
        about="When the event happened for the first time; missing if never.",
        examples=('first("page.viewed", path="/demo") < created_at',),
    ),
    FunctionSpec(
        name="since",
        signature="since(instant)",
        gives="running duration",
        about="How long ago that was; below zero when it is still to come. Must be compared with a"
        " duration, by `<`, `<=`, `>` or `>=`.",
        examples=("since(last_seen) > days(90)", 'since(created_at) <= "36 hours"'),
    ),
    FunctionSpec(
        name="until",
        signature="until(instant)",
        gives="running duration",
        about="How long it is until then; below zero when it has passed.",
        examples=("until(created_at + days(30)) < days(3)",),
    ),
    FunctionSpec(
        name="calendar_days_since",
        signature="calendar_days_since(instant or date)",
        gives="number of days",
        about="How many midnights of the lead's zone have passed since that day: 0 all day long,"
        " 1 from the next midnight.",
        examples=(
            "calendar_days_since(created_at) == 1",
            "calendar_days_since(created_at) in [1, 3, 7]",
        ),
    ),
    FunctionSpec(
        name="calendar_days_until",
        signature="calendar_days_until(instant or date)",
        gives="number of days",
        about="How many midnights of the lead's zone are still to come until that day.",
        examples=("calendar_days_until(created_at + days(14)) <= 2",),
    ),
    *(
        FunctionSpec(
            name=unit,
            signature=f"{unit}(number)",
            gives="duration",
            about=f"So many {unit}, {length}.",
            examples=(example,),
        )
        for unit, length, example in (
            ("minutes", "60 seconds each", "since(last_seen) < minutes(30)"),
            ("hours", "60 minutes each", "since(last_seen) < hours(36)"),
            ("days", "24 hours each, whatever the clocks do", "since(last_seen) > days(90)"),
            ("weeks", "7 × 24 hours each", "since(created_at) >= weeks(2)"),
        )
    ),
    FunctionSpec(
        name="in_segment",
        signature="in_segment(name)",
        gives="true or false",
        about="Whether the lead is in that segment now.",
        examples=('in_segment("engaged") and fit >= 10',),
    ),
    FunctionSpec(
        name="matches",
        signature="matches(text, pattern, …)",
        gives="true or false",
        about="Whether the text is like one of the patterns, in which `*` stands for any"
        " characters; capital or small letters are the same.",
        examples=('matches(email_domain, "*.edu", "*.ac.uk")',),
    ),
)
