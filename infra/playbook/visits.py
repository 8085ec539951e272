"""client.yaml's `visits`: whether the client's pages tell us of their visitors, and for how long
we keep what nobody's name was put to."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from coldframe.domain.visits import RESERVED, VisitRules
from infra.playbook.declared import DeclaredEvent, Source
from infra.playbook.field_file import period
from infra.reading.nodes import Keys, Node
from infra.reading.values import origin

KEPT: Final = timedelta(days=90)
LONGEST: Final = timedelta(days=400)
SCRIPT: Final = Path(__file__).parent / "built_in" / "visits.js"
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_INDENT = re.compile(r"\n\s*")


def read_visits(node: Node) -> timedelta | None:
    """How long the visits of who stays unknown are kept."""
    keys = node.keys(optional=["keep"])
    kept = keys.read("keep", period) or KEPT
    if kept > LONGEST and (spot := keys.spot("keep")):
        spot.report(f"is longer than {LONGEST.days} days; who stays unknown that long won't come")
    return kept


def check_visits(keys: Keys, sites: tuple[str, ...]) -> None:
    if (spot := keys.spot("visits")) and not sites:
        spot.report("needs `sites`: only the client's own pages may tell of their visitors")


def visit_rules(
    kept: timedelta | None, sites: tuple[str, ...], events: Mapping[str, DeclaredEvent]
) -> VisitRules | None:
    if kept is None:
        return None
    public = {name: each for name, each in events.items() if each.source is Source.PUBLIC}
    return VisitRules(
        sites=tuple(dict.fromkeys(map(origin, sites))),
        events={name: _types(each) for name, each in sorted(public.items())},
        keep=kept.days,
    )


def script() -> str:
    """What browsers get: the source without what is there for people."""
    plain = _COMMENT.sub("", SCRIPT.read_text(encoding="utf-8"))
    return _INDENT.sub("\n", plain).strip() + "\n"


def reserved(name: str) -> bool:
    """Whether a page may not choose what this word of a touchpoint's data holds."""
    return name in RESERVED


def _types(event: DeclaredEvent) -> dict[str, str] | None:
    if event.properties is None:
        return None
    return {name: str(each.value) for name, each in event.properties.items()}
