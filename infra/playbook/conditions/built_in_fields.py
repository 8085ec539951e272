"""The fields that every client's leads have; the docs are made of this table."""

from typing import Final

from coldframe.domain.conditions.nodes import Type
from infra.playbook.conditions.catalogue import BUILT_IN, FieldSpec


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
        origin=BUILT_IN,
    )


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
    _field("stage_since", Type.INSTANT, "since when it is at that stage, as far as we knew"),
    _field("tier_since", Type.INSTANT, "likewise, its tier"),
    _field("status_since", Type.INSTANT, "likewise, its status"),
    _field("lifecycle_since", Type.INSTANT, "when it came so far"),
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
    _field("referred_by", Type.TEXT, "the id of the lead whose own link it came by"),
    _field("referrals", Type.NUMBER, "how many new leads came by its own link"),
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
