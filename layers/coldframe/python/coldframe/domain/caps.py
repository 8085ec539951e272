"""How much of what a lead gets: rules, each in its own calendar, all asked in one answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from coldframe.domain.limits import MAILS, MONTH, WEEK, CapRule
from coldframe.domain.local_time import DAY, local_date, midnight
from coldframe.domain.message import MailKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from coldframe.domain.conditions.facts import Facts
    from coldframe.domain.gate import Gate

SLACK: Final = timedelta(days=2)
"""A lead's zone may turn out to be another than we thought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What of a message rules may ask."""

    kind: MailKind = MailKind.VALUE
    topic: str = ""
    channel: str = MAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """No room: until when, and by which rule's saying."""

    until: datetime
    rule: CapRule


def all_caps(gate: Gate, caps: Iterable[CapRule]) -> tuple[CapRule, ...]:
    """The client's, and the lead's own."""
    wish = gate.preferences.a_week if gate.preferences else None
    return (*caps, *([CapRule(mails=wish, days=7)] if wish else []))


def applies(rule: CapRule, what: Counting) -> bool:
    return (
        rule.channel == what.channel
        and (not rule.kinds or what.kind.value in rule.kinds)
        and (not rule.topics or what.topic in rule.topics)
    )


def full(
    gate: Gate,
    caps: Iterable[CapRule],
    what: Counting,
    *,
    now: datetime,
    zone: tzinfo,
    facts: Callable[[], Facts] | None = None,
) -> Full | None:
    """Which rule holds the message up longest; None: all have room now.

    A rule with a condition holds as long as that does: ``facts`` are those of the lead.
    """
    found = [
        each
        for rule in all_caps(gate, caps)
        if applies(rule, what) and (each := _full(rule, gate, now, zone, facts))
    ]
    return max(found, key=lambda each: each.until, default=None)


def counted(gate: Gate, caps: Iterable[CapRule], what: Counting, *, now: datetime) -> Gate:
    """The gate after this message: one more counted, those forgotten that no rule can ask for."""
    rules = all_caps(gate, caps)
    scopes = {rule.scope: rule for rule in rules if applies(rule, what)}
    longest = max((rule.longest for rule in rules), default=0)
    forgotten = now - DAY * longest - SLACK
    mails, tallies = gate.mails, dict(gate.tallies)
    if what.channel == MAILS and longest:
        mails = _once_more(mails, now, forgotten)
    for scope in scopes:
        if scope:
            tallies[scope] = _once_more(tallies.get(scope, ()), now, forgotten)
    return replace(gate, mails=mails, tallies=tallies)


def instants_of(gate: Gate, rule: CapRule) -> tuple[datetime, ...]:
    """What the rule counts."""
    return gate.tallies.get(rule.scope, ()) if rule.scope else gate.mails


def joined_tallies(
    one: Mapping[str, tuple[datetime, ...]], other: Mapping[str, tuple[datetime, ...]]
) -> dict[str, tuple[datetime, ...]]:
    """What two identities of a person got."""
    return {
        scope: tuple(sorted((*one.get(scope, ()), *other.get(scope, ()))))
        for scope in sorted({*one, *other})
    }


def _once_more(
    known: tuple[datetime, ...], now: datetime, forgotten: datetime
) -> tuple[datetime, ...]:
    return tuple(sorted([*(at for at in known if at > forgotten), now]))


def _full(
    rule: CapRule, gate: Gate, now: datetime, zone: tzinfo, facts: Callable[[], Facts] | None
) -> Full | None:
    until = room_from(rule, instants_of(gate, rule), now=now, zone=zone)
    if until is None or rule.when is None or facts is None:
        return Full(until=until, rule=rule) if until and rule.when is None else None
    from coldframe.domain.conditions.evaluate import evaluate

    asked = evaluate(rule.when, facts(), now=now)
    if asked.value is not True:
        return None
    return Full(until=min(until, asked.next_at or until), rule=rule)


def room_from(
    rule: CapRule, known: Iterable[datetime], *, now: datetime, zone: tzinfo
) -> datetime | None:
    """The midnight at which it has room again; None: it has some now.

    A rule of n days looks at today and the n - 1 days before it; one per week or month at this
    one; all in the lead's zone.
    """
    today = local_date(now, zone)
    first = _first(rule, today)
    days = sorted(day for at in known if (day := local_date(at, zone)) >= first)
    if len(days) < rule.mails:
        return None
    if rule.per:
        return midnight(_next(rule, today), zone)
    leaves = days[len(days) - rule.mails]
    return midnight(max(leaves + DAY * rule.days, today + DAY), zone)


def _first(rule: CapRule, today: date) -> date:
    if rule.per == WEEK:
        return today - DAY * today.weekday()
    if rule.per == MONTH:
        return today.replace(day=1)
    return today - DAY * (rule.days - 1)


def _next(rule: CapRule, today: date) -> date:
    if rule.per == WEEK:
        return today + DAY * (7 - today.weekday())
    return (today.replace(day=1) + DAY * 32).replace(day=1)
