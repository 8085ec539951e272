"""How hard a journey presses on a lead: mails in a row, promotions too early or too many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from coldframe.domain.conditions.nodes import And, Compare, Const, Field, In, Node
from coldframe.domain.limits import CapRule
from coldframe.domain.message import MailKind
from infra.journeys.defaults import passes_by
from infra.journeys.journey_source import JourneySource
from infra.journeys.known import Known, KnownMail
from infra.journeys.least_time import least
from infra.journeys.source import (
    Branch,
    Send,
    Split,
    Step,
    Wait,
    WaitFor,
    ways,
)

EARLY: Final = frozenset({"awareness", "consideration"})
_DAY: Final = 86_400
_MOST_PASTS: Final = 200
"""Ways told apart at one point; of more, those that press hardest so far are followed."""


@dataclass(frozen=True, slots=True)
class Past:
    """What one way did so far: seconds since each marketing mail, and mails of value since."""

    ages: tuple[int, ...] = ()
    since_promotion: int | None = None
    """Mails since the last promotion; None: there was none."""
    stages: frozenset[str] | None = None
    """The buyer's stages that leads on this way can be in; None: any."""

    def later(self, seconds: int | None, longest: int) -> "Past":
        if seconds is None:
            return replace(self, ages=())
        return replace(
            self, ages=tuple(age + seconds for age in self.ages if age + seconds < longest)
        )

    def sent(self, mail: KnownMail) -> "Past":
        if mail.kind is MailKind.REQUESTED:
            return self.helped()
        counted = replace(self, ages=(*self.ages, 0))
        if mail.kind is MailKind.PROMOTION:
            return replace(counted, since_promotion=0)
        return counted.helped()

    def helped(self) -> "Past":
        since = self.since_promotion
        return self if since is None else replace(self, since_promotion=since + 1)


def check_pressure(journey: JourneySource, known: Known) -> None:
    longest = max((rule.days for rule in filter(_plain, known.caps)), default=0) * _DAY
    _Walk(known=known, longest=longest).walk(journey.steps, {Past()})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    known: Known
    longest: int

    def walk(self, steps: Sequence[Step], pasts: set[Past]) -> set[Past]:
        for step in steps:
            pasts = self._step(step, pasts)
            if len(pasts) > _MOST_PASTS:
                pasts = set(sorted(pasts, key=_pressing, reverse=True)[:_MOST_PASTS])
        return pasts

    def _step(self, step: Step, pasts: set[Past]) -> set[Past]:
        match step:
            case Send():
                return self._send(step, pasts)
            case Wait():
                return {past.later(least(step), self.longest) for past in pasts}
            case WaitFor():
                limit = int(step.limit.value.total_seconds()) if step.limit else 0
                silent = {past.later(limit, self.longest) for past in pasts}
                return self.walk(step.then, pasts) | self.walk(step.otherwise, silent)
            case Branch() | Split():
                return self._fork(step, pasts)
            case _:
                return pasts

    def _fork(self, step: Branch | Split, pasts: set[Past]) -> set[Past]:
        ends = set(pasts) if passes_by(step) else set[Past]()
        asked = (
            [arm.when.tree if arm.when else None for arm in step.arms]
            if isinstance(step, Branch)
            else [None] * len(step.shares)
        )
        for way, condition in zip(ways(step), asked, strict=True):
            ends |= self.walk(way, {_narrowed(past, condition) for past in pasts})
        return ends

    def _send(self, step: Send, pasts: set[Past]) -> set[Past]:
        about = self.known.mails.get(step.mail.value) if step.mail else None
        if step.mail is None or about is None:
            return pasts
        if about.kind is MailKind.PROMOTION:
            self._check_promotion(step, about, pasts)
        after = {past.sent(about) for past in pasts}
        if about.kind is not MailKind.REQUESTED:
            self._check_caps(step, after)
        return after

    def _check_promotion(self, step: Send, about: KnownMail, pasts: set[Past]) -> None:
        if step.mail is None:
            return
        stages = {about.stage} if about.stage else _surely({past.stages for past in pasts})
        if stages and stages <= EARLY:
            step.mail.spot.report(
                f"{step.mail.value!r} is a promotion for leads in the stage of"
                f" {' or '.join(sorted(stages))}; help them first, and sell from evaluation on"
            )
        wanted = self.known.value_between
        since = [past.since_promotion for past in pasts if past.since_promotion is not None]
        if since and min(since) < wanted:
            step.mail.spot.report(
                f"{step.mail.value!r} is the second promotion on this way with"
                f" {_mails(min(since))} of value between, and client.yaml wants {wanted}"
            )

    def _check_caps(self, step: Send, pasts: set[Past]) -> None:
        for rule in filter(_plain, self.known.caps):
            most = max(
                (sum(age < rule.days * _DAY for age in past.ages) for past in pasts), default=0
            )
            if most > rule.mails and step.mail and not step.mail.spot.reported():
                step.mail.spot.report(
                    f"can be marketing mail number {most} within {rule.days} days on this way, and"
                    f" client.yaml lets {rule.mails} through; wait longer before it"
                )


def _plain(rule: CapRule) -> bool:
    """Of all mails to all leads, in any so many days: what a journey alone can be held against."""
    return bool(rule.days) and not rule.scope and rule.when is None


def _mails(number: int) -> str:
    return "no mail" if number == 0 else f"{number} mail{'' if number == 1 else 's'}"


def _pressing(past: Past) -> tuple[int, int]:
    return len(past.ages), -sum(past.ages)


def _surely(found: set[frozenset[str] | None]) -> frozenset[str]:
    """The stages, if every way that leads here says which."""
    known = [stages for stages in found if stages is not None]
    return frozenset().union(*known) if known and len(known) == len(found) else frozenset()


def _narrowed(past: Past, condition: Node | None) -> Past:
    stages = _stages(condition) if condition else None
    if stages is None:
        return past
    return replace(past, stages=stages if past.stages is None else stages & past.stages)


def _stages(condition: Node) -> frozenset[str] | None:
    """The buyer's stages in which the condition can hold, if it asks for them outright."""
    match condition:
        case Compare(symbol="==", left=Field(name="stage"), right=Const(value=str() as stage)):
            return frozenset({stage})
        case In(item=Field(name="stage"), items=Const(value=tuple() as listed), negated=False):
            return frozenset(map(str, listed))
        case And(operands=operands):
            found = [stages for each in operands if (stages := _stages(each)) is not None]
            return frozenset.intersection(*found) if found else None
        case _:
            return None
