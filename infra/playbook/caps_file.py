"""client.yaml's caps: how much marketing a lead gets, by span, kind, topic and condition."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from coldframe.domain.conditions.nodes import Type
from coldframe.domain.limits import MAILS, MONTH, TEXTS, WEEK, CapRule
from coldframe.domain.message import MailKind
from infra.journeys.words import Words
from infra.reading.nodes import Keys, Located, Node

COUNTED: Final = (MailKind.VALUE, MailKind.PROMOTION, MailKind.PERSONAL)
LONGEST: Final = 90
"""Days: a gate remembers no longer."""
MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CapSource:
    rule: CapRule
    when: Located[str] | None = None
    """The condition as it was written."""


def read_cap(node: Node, topics: Mapping[str, str]) -> CapSource | None:
    keys = node.keys(optional=["mails", "texts", "days", "per", "kinds", "topics", "when"])
    channel = _one(node, keys, MAILS, TEXTS)
    span = _one(node, keys, "days", "per")
    how_many = keys.read(channel, _number_to(MOST)) if channel else None
    days = keys.read("days", _number_to(LONGEST)) or 0
    per = keys.read("per", lambda each: each.one_of((WEEK, MONTH))) or ""
    kinds = keys.read("kinds", lambda each: _several(each, [kind.value for kind in COUNTED])) or ()
    about = keys.read("topics", lambda each: _several(each, topics)) or ()
    when = keys.located("when", Node.text)
    if channel == TEXTS and kinds:
        node.spot.report("texts are of no kind; leave `kinds` out")
    if not channel or not span or not how_many or not (days or per):
        return None
    rule = CapRule(mails=how_many, days=days, per=per, channel=channel, kinds=kinds, topics=about)
    return CapSource(rule=rule, when=when)


def compiled_caps(caps: tuple[CapSource, ...], words: Words) -> tuple[CapRule, ...]:
    """Wrong conditions are reported where they stand."""
    found = []
    for cap in caps:
        when = words.compile(cap.when.spot, cap.when.value, Type.BOOLEAN) if cap.when else None
        found.append(replace(cap.rule, when=when))
    return tuple(found)


def _one(node: Node, keys: Keys, one: str, other: str) -> str:
    """Which of the two is there: exactly one must."""
    said = [name for name in (one, other) if name in keys]
    if len(said) != 1:
        node.spot.report(f"needs either `{one}` or `{other}`")
        return ""
    return said[0]


def _number_to(high: int) -> Callable[[Node], int | None]:
    def read(node: Node) -> int | None:
        number = node.number()
        if number is not None and number < 1:
            node.spot.report("must be 1 or more")
            return None
        if number is not None and number > high:
            node.spot.report(f"must be {high} or less")
            return None
        return number

    return read


def _several(node: Node, known: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, (each.one_of(known) for each in node.one_or_more()))))
