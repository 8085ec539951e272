"""Which events end a passage: those of its journey, but for what names the key of another one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import Enrolment
from coldframe.domain.re_entry import key_in
from coldframe.domain.touchpoint import Touchpoint

if TYPE_CHECKING:
    from coldframe.domain.playbook import Exit


def ended_by(event: Touchpoint, exits: Iterable[Exit], enrolment: Enrolment) -> Exit | None:
    """The first rule by which the event ends the passage; None too, if it came before that."""
    if event.occurred_at < enrolment.started_at:
        return None
    return next((each for each in exits if _ends(each, event, enrolment)), None)


def _ends(rule: Exit, event: Touchpoint, enrolment: Enrolment) -> bool:
    return (
        rule.journey == enrolment.journey
        and rule.when.matches(event.kind, event.data)
        and key_in(event.data, rule.key) in ("", enrolment.key)
    )


def exit_among(
    touchpoints: Iterable[Touchpoint], exits: Iterable[Exit], enrolment: Enrolment
) -> tuple[Exit, Touchpoint] | None:
    """The earliest that ended the passage, if one did already."""
    rules = tuple(exits)
    for each in sorted(touchpoints, key=lambda each: (each.occurred_at, each.id)):
        if rule := ended_by(each, rules, enrolment):
            return rule, each
    return None
