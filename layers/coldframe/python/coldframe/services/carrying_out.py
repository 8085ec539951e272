"""A stored decision is carried out; each kind may be done twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.drawing import EVERY_JOURNEY, exit_by, policy_of
from coldframe.domain.enrolment import Asked, EndReason, Enrolment, EnrolmentStatus
from coldframe.domain.errors import StaleLead
from coldframe.domain.exits import exit_among
from coldframe.domain.re_entry import Coming, once, passage
from coldframe.services.ending import Ending
from coldframe.services.resuming import Resume, Resuming
from coldframe.services.twins import later_twins

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Playbook, Touchpoints
    from coldframe.services.ports.due import Broadcasts
    from coldframe.services.ports.steps import Runs, Waits


ROUNDS = 5
"""How often a place that somebody else took meanwhile is looked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryingOut:
    enrolments: Enrolments
    touchpoints: Touchpoints
    runs: Runs
    waits: Waits
    resuming: Resuming
    broadcasts: Broadcasts
    playbook: Playbook
    clock: Clock

    def __call__(self, decision: Decision) -> None:
        match decision.kind:
            case DecisionKind.ENROL:
                self._enrol(decision)
            case DecisionKind.EXIT:
                self._exit(decision)
            case DecisionKind.RESOLVE:
                self._resolve(decision)
            case DecisionKind.RETIME:
                self._retime(decision)
            case DecisionKind.MAIL:
                self.broadcasts.go_on(decision.data["mail"], decision.at, decision.lead)
            case DecisionKind.JOIN:
                self._join(decision)

    def _enrol(self, decision: Decision) -> None:
        """The run is started whoever put the enrolment: who did so may have gone no further."""
        stored = self._entered(decision, _coming(decision, decision.at, by=decision.cause))
        if stored is None:
            return
        if overtaking := self._overtaking(decision, stored):
            self._ending()(overtaking, stored)
        elif stored.status is EnrolmentStatus.OPEN:
            self.runs.start(stored)

    def _overtaking(self, decision: Decision, stored: Enrolment) -> Decision | None:
        """An exit that came before the passage with its key: of those nobody keeps a memory.

        Looked for when the passage is stored: an exit that is carried out from then on finds it.
        """
        if not policy_of(decision.data).key:
            return None
        since = self.touchpoints.since(decision.lead, stored.started_at)
        found = exit_among(since, self.playbook.reactions().exits, stored)
        return exit_by(*found) if found else None

    def _entered(self, decision: Decision, coming: Coming) -> Enrolment | None:
        """The passage that the lead makes by this; None: the journey's rule lets it make none."""
        policy = policy_of(decision.data)
        if once(policy) and not decision.data.get("merged"):
            first = decision.data["enrolment"]
            return self.enrolments.begin(self._beginning(decision, coming, first))
        for _ in range(ROUNDS):
            held = self.enrolments.of(coming.lead)
            name = passage(coming, policy, held)
            if name is None:
                return None
            if elsewhere := _elsewhere(name, coming.lead, held):
                return elsewhere
            stored = self.enrolments.begin(self._beginning(decision, coming, name))
            if stored.cause == coming.cause:
                return stored
        raise StaleLead(coming.lead)

    def _beginning(self, decision: Decision, coming: Coming, name: str) -> Enrolment:
        begun = _beginning(decision, coming, name)
        with suppress(KeyError):  # a journey that is gone: its run says so
            return replace(begun, version=self.playbook.journey(begun.journey).version)
        return begun

    def _exit(self, decision: Decision) -> None:
        ending = self._ending()
        for enrolment in self._left(decision):
            ending(decision, enrolment)

    def _ending(self) -> Ending:
        return Ending(
            enrolments=self.enrolments,
            touchpoints=self.touchpoints,
            runs=self.runs,
            playbook=self.playbook,
            clock=self.clock,
        )

    def _join(self, decision: Decision) -> None:
        """Runs are stopped even if they were closed before: that try may have ended there."""
        for enrolment in later_twins(self.enrolments.of(decision.lead), self.playbook):
            self.enrolments.close(enrolment, EndReason.MERGED, self.clock.now())
            self.runs.stop(enrolment, EndReason.MERGED)

    def _left(self, decision: Decision) -> list[Enrolment]:
        """The enrolments that this exit ends: those that began before it."""
        held = list(self.enrolments.of(decision.lead))
        if decision.journey == EVERY_JOURNEY:
            left = [each for each in held if each.status is not EnrolmentStatus.CLOSED]
        else:
            left = [each for each in held if _names(decision, each)]
            left += self._overtaken(decision, left)
        return [each for each in left if each.started_at <= decision.at]

    def _overtaken(self, decision: Decision, held: Sequence[Enrolment]) -> Iterator[Enrolment]:
        """An exit that overtakes its enrolment puts it, so that it can be closed for good."""
        entered, by = decision.data.get("entered"), decision.data.get("entered_by", "")
        if entered is None or (held and once(policy_of(decision.data))):
            return
        coming = _coming(decision, datetime.fromisoformat(entered), by=by)
        stored = self._entered(decision, coming)
        if stored is not None and all(stored.id != each.id for each in held):
            yield stored

    def _resolve(self, decision: Decision) -> None:
        """Only the wait that asked for this, and only by an event that is late enough to count."""
        for enrolment in self._concerned(decision):
            waiting = enrolment.waiting
            if waiting is None or waiting.step != decision.data["step"]:
                continue
            if waiting.since > decision.at:
                continue
            if decision.data.get("asked"):
                self._keep_answer(enrolment, waiting.step)
            if waiting.token:
                self.waits.succeed(waiting.token, {"event": decision.data["event"]})
            else:
                self._resume(enrolment)

    def _keep_answer(self, enrolment: Enrolment, step: str) -> None:
        """The condition held when the event came, whatever holds when a new run looks back."""
        with suppress(KeyError):
            version = self.playbook.journey(enrolment.journey).version
            self.enrolments.keep(enrolment, step, Asked(answered=True, version=version))

    def _retime(self, decision: Decision) -> None:
        for enrolment in self._concerned(decision):
            if enrolment.step == decision.data["step"]:
                self._resume(enrolment)

    def _concerned(self, decision: Decision) -> list[Enrolment]:
        """The open enrolments of the journey; the one that the decision names, if it does."""
        if name := decision.data.get("enrolment"):
            named = self.enrolments.named(decision.lead, name)
            held = [named] if named else []
        else:
            held = list(self.enrolments.of(decision.lead))
        return [
            each for each in held if _names(decision, each) and each.status is EnrolmentStatus.OPEN
        ]

    def _resume(self, enrolment: Enrolment) -> None:
        """StaleLead when somebody else does so at the same time: perhaps for an older reason."""
        self.resuming(Resume(lead=enrolment.lead, enrolment=enrolment.id, once=True))


def _elsewhere(name: str, lead: str, held: Sequence[Enrolment]) -> Enrolment | None:
    """A passage that began under another identity of the same person."""
    return next((each for each in held if each.id == name and each.lead != lead), None)


def _names(decision: Decision, enrolment: Enrolment) -> bool:
    """An event that names a key is about that passage, any other about all of the journey."""
    of_all = enrolment.journey == decision.journey
    return of_all and decision.data.get("key", enrolment.key) == enrolment.key


def _coming(decision: Decision, at: datetime, *, by: str) -> Coming:
    return Coming(
        lead=decision.lead,
        journey=decision.journey,
        cause=by,
        at=at,
        key=decision.data.get("key", ""),
    )


def _beginning(decision: Decision, coming: Coming, name: str) -> Enrolment:
    asked_at = decision.data.get("requested_at")
    return Enrolment(
        lead=coming.lead,
        id=name,
        journey=coming.journey,
        status=EnrolmentStatus.OPEN,
        step=decision.data["first"],
        since=coming.at,
        generation=int(decision.data.get("generation", "1")),
        started_at=coming.at,
        requested_at=datetime.fromisoformat(asked_at) if asked_at else coming.at,
        cause=coming.cause,
        depth=int(decision.data.get("depth", "0")),
        key=coming.key,
    )
