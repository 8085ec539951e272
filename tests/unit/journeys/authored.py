"""Journeys as tests write them: YAML text in, tree, steps and machine out."""

from typing import Any

from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Journey
from infra.journeys.checks import check_journey
from infra.journeys.defaults import with_defaults
from infra.journeys.known import Known, KnownMail
from infra.journeys.plan import plan
from infra.journeys.reader import read_journey
from infra.journeys.source import JourneySource
from infra.journeys.states import machine
from infra.reading.documents import parse_yaml
from infra.reading.problems import Problems, Spot

MAILS = ("cake-guide", "case-study", "reminder", "tasting-invitation", "recipe", "thank-you")
KNOWN = Known(
    mails={
        **{mail: KnownMail(kind=MailKind.VALUE, topic="letters") for mail in MAILS},
        "sales-letter": KnownMail(kind=MailKind.PROMOTION, topic="offers"),
    },
    forms=frozenset({"cake-guide"}),
    events=frozenset({"tasting.booked"}),
    topics=frozenset({"letters", "offers"}),
)


def read(text: str, problems: Problems) -> JourneySource:
    spot = Spot(file="journeys/welcome.yaml", line=1, path="", problems=problems)
    root = parse_yaml(text, spot=spot)
    assert root is not None
    return with_defaults(read_journey("welcome", root))


def mistakes(text: str) -> list[str]:
    """Every problem of the journey, as ``line path: text``."""
    problems = Problems()
    check_journey(read(text, problems), KNOWN)
    return [f"{found.line} {found.path}: {found.text}" for found in sorted(problems.found)]


def journey(steps: str) -> Journey:
    """The steps of a journey that is entered by the form cake-guide."""
    problems = Problems()
    source = read(f"enter: {{form: cake-guide}}\nsteps:\n{steps}", problems)
    problems.raise_any()
    return plan(source)


def states(steps: str) -> dict[str, Any]:
    return dict(machine(journey(steps))["States"])
