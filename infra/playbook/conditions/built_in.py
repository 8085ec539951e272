"""The one table of fields, events and functions that every client has; the docs are made of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from coldframe.domain.conditions.nodes import Type
from infra.playbook.conditions.catalogue import Catalogue, EventSpec, FieldSpec, catalogue_of

_BUILT_IN: Final = "built in"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionSpec:
    name: str
    signature: str
    gives: str
    about: str
    examples: tuple[str, ...]


def _field(
    name: str, type_: Type, about: str, *, choices: str = "", fades: bool = False, label: str = ""
) -> FieldSpec:
    return FieldSpec(
        name=name,
        type=type_,
        about=about,
        choices=tuple(filter(None, choices.split(", "))),
        fades=fades,
        label=label,
        origin=_BUILT_IN,
    )


def _event(kind: str, label: str, about: str, **properties: Type) -> EventSpec:
    return EventSpec(kind=kind, label=label, about=about, properties=properties, origin=_BUILT_IN)


FIELDS: Final = (
    _field("score", Type.NUMBER, "fit and engagement together", fades=True),
    _field("fit", Type.NUMBER, "points for who the lead is"),
    _field("engagement", Type.NUMBER, "points for what the lead does", fades=True),
    _field("tier", Type.TEXT, "the band its score lies in", choices="hot, warm, cool, cold"),
    _field(
        "lifecycle",
        Type.TEXT,
        "the furthest it has come",
        choices="lead, mql, sal, sql, opportunity, customer",
    ),
    _field(
        "status",
        Type.TEXT,
        "where it stands now",
        choices="open, with sales, recycled, lost, disqualified, won",
    ),
    _field(
        "stage",
        Type.TEXT,
        "where it is in deciding to buy",
        choices="awareness, consideration, evaluation, decision",
    ),
    _field("created_at", Type.INSTANT, "when we first heard of it", label="created"),
    _field("last_seen", Type.INSTANT, "when it last did something itself"),
    _field("zone", Type.TEXT, "its time zone, as Europe/Vienna", label="time zone"),
    _field("zone_source", Type.TEXT, "how we know it", choices="field, browser, country"),
    _field("language_source", Type.TEXT, "how we know it", choices="field, browser, country"),
    _field("locale", Type.TEXT, "its language, as de or de-AT", label="language"),
    _field("country", Type.TEXT, "two capital letters, as AT"),
    _field("purchases", Type.NUMBER, "how often it bought something"),
    _field("spent", Type.NUMBER, "for how much, less what was paid back, in its last currency"),
    _field("spent_currency", Type.TEXT, "that currency, as EUR"),
    _field("last_purchase_at", Type.INSTANT, "when it bought last", label="last purchase"),
    _field("source", Type.TEXT, "where it came from first, as google; the same as first_source"),
    _field("first_source", Type.TEXT, "where it came from first, as google"),
    _field("first_medium", Type.TEXT, "and by what, as cpc"),
    _field("first_campaign", Type.TEXT, "and by which of the client's campaigns"),
    _field("last_source", Type.TEXT, "where it came from last"),
    _field("last_medium", Type.TEXT, "and by what"),
    _field("last_campaign", Type.TEXT, "and by which of the client's campaigns"),
    _field("email_domain", Type.TEXT, "what follows the @ of its address, in small letters"),
    _field("company.name", Type.TEXT, "its company, as a colleague or itself named it last"),
    _field(
        "company.active_leads",
        Type.NUMBER,
        "how many of the company's leads did something in the last 30 days, itself included",
    ),
    _field(
        "company.lifecycle",
        Type.TEXT,
        "the furthest that any of the company's leads has come",
        choices="lead, mql, sal, sql, opportunity, customer",
    ),
    _field("topics", Type.LIST, "what it consents to hear about"),
)

EVENTS: Final = (
    _event(
        "company.changed",
        "company changed",
        "what the lead's colleagues add up to became another",
        company=Type.TEXT,
        name=Type.TEXT,
        lifecycle=Type.TEXT,
    ),
    _event("form.submitted", "form sent", "a form was sent", form=Type.TEXT),
    _event(
        "question.answered",
        "question answered",
        "a question of a mail was answered by its buttons",
        field=Type.TEXT,
        value=Type.TEXT,
        mail=Type.TEXT,
    ),
    _event(
        "email.clicked",
        "mail's link followed",
        "a person, not a scanner, followed a link of a mail",
        mail=Type.TEXT,
        journey=Type.TEXT,
        target=Type.TEXT,
        link=Type.NUMBER,
    ),
    _event("email.replied", "reply", "the lead answered a mail", mail=Type.TEXT),
    _event("sales.contacted", "contacted by sales", "a person of the client's spoke with it"),
    _event("email.bounced", "mail bounced", "a mail could not be delivered", mail=Type.TEXT),
    _event("email.complained", "complaint", "a mail was reported as spam", mail=Type.TEXT),
    _event("unsubscribed", "unsubscribed", "the lead asked for no more mail"),
    _event(
        "page.viewed",
        "page seen",
        "a page of the client's site was seen; seconds tell for how long",
        path=Type.TEXT,
        site=Type.TEXT,
        seconds=Type.NUMBER,
        source=Type.TEXT,
        medium=Type.TEXT,
        campaign=Type.TEXT,
    ),
    _event(
        "purchase.made",
        "purchase",
        "something was bought, as a signed source tells",
        product=Type.TEXT,
        currency=Type.TEXT,
        order=Type.TEXT,
    ),
    _event(
        "refund.made",
        "refund",
        "money was paid back, as a signed source tells",
        product=Type.TEXT,
        currency=Type.TEXT,
        order=Type.TEXT,
    ),
    _event("login.made", "login", "the lead logged in, as a signed source tells"),
    _event(
        "page.read",
        "page read on",
        "a page was left and come back to",
        path=Type.TEXT,
        site=Type.TEXT,
        seconds=Type.NUMBER,
    ),
    _event(
        "file.downloaded",
        "file downloaded",
        "a file was fetched from the client's site",
        file=Type.TEXT,
        path=Type.TEXT,
    ),
    _event(
        "video.played",
        "video played",
        "a video of the client's site was begun",
        video=Type.TEXT,
        path=Type.TEXT,
    ),
)

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


def catalogue(
    *,
    fields: Iterable[FieldSpec] = (),
    events: Iterable[EventSpec] = (),
    segments: Collection[str] = (),
) -> Catalogue:
    """What is built in and what the client declares."""
    return catalogue_of(fields=(*FIELDS, *fields), events=(*EVENTS, *events), segments=segments)


TAKEN: Final = frozenset({spec.name for spec in FIELDS} | {spec.name for spec in FUNCTIONS})
"""Names that a client's own fields can't have."""
