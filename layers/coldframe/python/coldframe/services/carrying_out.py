"""A stored decision is carried out; each kind may be done twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.react import EVERY_JOURNEY

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Runs, Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryingOut:
    enrolments: Enrolments
    runs: Runs
    waits: Waits
    clock: Clock

    def __call__(self, decision: Decision) -> None:
        match decision.kind:
            case DecisionKind.ENROL:
                self._enrol(decision)
            case DecisionKind.EXIT:
                self._exit(decision)
            case DecisionKind.RESOLVE:
                self._resolve(decision)

    def _enrol(self, decision: Decision) -> None:
        """The run is started whoever put the enrolment: who did so may have gone no further."""
        stored = self.enrolments.begin(_beginning(decision, decision.at))
        if stored.status is EnrolmentStatus.OPEN:
            self.runs.start(stored)

    def _exit(self, decision: Decision) -> None:
        """Closed first, and stopped even if it was closed before: that try may have ended there."""
        for enrolment in self._left(decision):
            self.enrolments.close(enrolment, decision.data["reason"], self.clock.now())
            self.runs.stop(enrolment, decision.data["reason"])

    def _left(self, decision: Decision) -> list[Enrolment]:
        """The enrolments that this exit ends: those that began before it."""
        if decision.journey == EVERY_JOURNEY:
            found = self.enrolments.of(decision.lead)
            left = [each for each in found if each.status is not EnrolmentStatus.CLOSED]
        else:
            stored = self._entered(decision)
            left = [stored] if stored else []
        return [each for each in left if each.started_at <= decision.at]

    def _entered(self, decision: Decision) -> Enrolment | None:
        """An exit that overtakes its enrolment puts it, so that it can be closed for good."""
        stored = self.enrolments.get(decision.lead, decision.data["enrolment"])
        entered = decision.data.get("entered")
        if stored is not None or entered is None:
            return stored
        return self.enrolments.begin(_beginning(decision, datetime.fromisoformat(entered)))

    def _resolve(self, decision: Decision) -> None:
        """Only the wait that asked for this, and only by an event that is late enough to count."""
        enrolment = self.enrolments.get(decision.lead, decision.data["enrolment"])
        waiting = enrolment.waiting if enrolment else None
        if enrolment is None or waiting is None or enrolment.status is not EnrolmentStatus.OPEN:
            return
        if waiting.step == decision.data["step"] and waiting.since <= decision.at:
            self.waits.succeed(waiting.token, {"event": decision.data["event"]})


def _beginning(decision: Decision, at: datetime) -> Enrolment:
    first = decision.data["first"]
    return Enrolment(
        lead=decision.lead,
        id=decision.data["enrolment"],
        journey=decision.journey,
        status=EnrolmentStatus.OPEN,
        step=first,
        since=at,
        generation=1,
        started_at=at,
        requested_at=at,
    )
