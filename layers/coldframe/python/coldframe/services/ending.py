"""An enrolment ends by an event: closed for good, its run stopped, and what follows asked for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.decision import Decision
from coldframe.domain.derived import journey_requested
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.splitting import held_out

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Playbook, Touchpoints
    from coldframe.services.ports.steps import Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    enrolments: Enrolments
    touchpoints: Touchpoints
    runs: Runs
    playbook: Playbook
    clock: Clock

    def __call__(self, decision: Decision, enrolment: Enrolment) -> None:
        """Closed first, and stopped even if it was closed before: that try may have ended there."""
        reason, now = decision.data["reason"], self.clock.now()
        closed = self.enrolments.close(enrolment, reason, now)
        ended_at = now if closed else self._ended_by(decision, enrolment)
        if ended_at is not None and (then := self._then(decision, enrolment)):
            self._follow(enrolment, then, reason=reason, at=ended_at)
        self.runs.stop(enrolment, reason)

    def _ended_by(self, decision: Decision, enrolment: Enrolment) -> datetime | None:
        """When, if it was this decision that closed it: in a try that went no further, or just now,
        by a write that was repeated because its answer was lost."""
        ended = self.enrolments.get(enrolment.lead, enrolment.id) or enrolment
        if ended.reason != decision.data["reason"] or ended.ended_at is None:
            return None
        return ended.ended_at if ended.ended_at >= decision.at else None

    def _then(self, decision: Decision, enrolment: Enrolment) -> str:
        """The journey that follows this ending; none, if the lead is held out where it stood."""
        then = decision.data.get("then", "")
        if not then:
            return ""
        with suppress(KeyError):  # a journey that is gone holds nobody out
            journey = self.playbook.journey(enrolment.journey)
            ended = self.enrolments.get(enrolment.lead, enrolment.id) or enrolment
            step = journey.steps.get(ended.step)
            return "" if held_out(step, journey=journey, lead=enrolment.lead) else then
        return then

    def _follow(self, enrolment: Enrolment, then: str, *, reason: str, at: datetime) -> None:
        asked = journey_requested(enrolment, then, own=f"end:{reason}", at=at, now=self.clock.now())
        self.touchpoints.append(asked)
