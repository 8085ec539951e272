"""Journeys as tests write them: YAML text in, tree, steps and machine out."""

from dataclasses import replace
from typing import Any

from coldframe.domain.conditions.nodes import Condition, Type
from coldframe.domain.journey import Journey
from coldframe.domain.limits import CapRule, QuietHours
from coldframe.domain.message import MailKind
from infra.journeys.checks import check_journey
from infra.journeys.defaults import with_defaults
from infra.journeys.journey_source import JourneySource
from infra.journeys.known import Known, KnownMail
from infra.journeys.plan import plan
from infra.journeys.reader import read_journey
from infra.journeys.states import machine
from infra.journeys.words import Words
from infra.playbook import declared
from infra.playbook.conditions.compiling import condition_at
from infra.playbook.declared import DeclaredEvent, DeclaredField, FieldType, catalogue_of
from infra.reading.documents import parse_yaml
from infra.reading.problems import Problems, Spot

MAILS = ("cake-guide", "case-study", "reminder", "tasting-invitation", "recipe", "thank-you")
FIELDS = {
    name: DeclaredField(name=name, about=name, type=kind, label=declared.Words(text=name))
    for name, kind in (
        ("first_name", FieldType.TEXT),
        ("renewal_on", FieldType.DATE),
        ("seats", FieldType.NUMBER),
        ("vip", FieldType.BOOLEAN),
    )
}
CATALOGUE = catalogue_of(
    fields=FIELDS,
    events={"tasting.booked": DeclaredEvent(kind="tasting.booked", about="")},
    segments={"regulars"},
)


def compiled(spot: Spot, source: str, wants: Type) -> Condition | None:
    return condition_at(spot, source, catalogue=CATALOGUE, wants=wants)


WORDS = Words(compile=compiled, fields=CATALOGUE.fields, declared=frozenset(FIELDS))
OTHER = "enter: by_hand\nat_end: {completed: nothing}\nsteps: [{send: recipe}]"
KNOWN = Known(
    mails={
        **{mail: KnownMail(kind=MailKind.VALUE, topic="letters") for mail in MAILS},
        "sales-letter": KnownMail(kind=MailKind.PROMOTION, topic="offers"),
        "autumn-offer": KnownMail(kind=MailKind.PROMOTION, topic="letters"),
        "winter-offer": KnownMail(kind=MailKind.PROMOTION, topic="letters"),
        "early-offer": KnownMail(kind=MailKind.PROMOTION, topic="letters", stage="consideration"),
    },
    forms=frozenset({"cake-guide"}),
    events={"tasting.booked": frozenset({"seat"})},
    topics=frozenset({"letters", "offers"}),
    fields=WORDS.fields,
    segments=frozenset({"regulars"}),
    texts=frozenset({"seat-tomorrow"}),
    webhooks=frozenset({"till"}),
    people={"jonas": "jonas@example.com"},
    caps=(CapRule(mails=3, days=7),),
    quiet_hours=QuietHours(start=21 * 60, end=8 * 60),
)


def read(text: str, problems: Problems, *, name: str = "welcome") -> JourneySource:
    spot = Spot(file=f"journeys/{name}.yaml", line=1, path="", problems=problems)
    root = parse_yaml(text, spot=spot)
    assert root is not None
    return with_defaults(read_journey(name, root, WORDS))


def mistakes(text: str) -> list[str]:
    """Every problem of the journey, as ``line path: text``."""
    problems = Problems()
    source = read(text, problems)
    others = {name: read(OTHER, Problems()) for name in ("spring-letters", "winter-letters")}
    check_journey(source, replace(KNOWN, journeys={"welcome": source, **others}))
    return [f"{found.line} {found.path}: {found.text}" for found in sorted(problems.found)]


def journey(steps: str) -> Journey:
    """The steps of a journey that is entered by the form cake-guide."""
    problems = Problems()
    source = read(f"enter: {{form: cake-guide}}\nsteps:\n{steps}", problems)
    problems.raise_any()
    return plan(source)


def states(steps: str) -> dict[str, Any]:
    return dict(machine(journey(steps))["States"])
