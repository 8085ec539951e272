"""The steps that tell nobody: waits, ways that part, what is set, where it ends; and stuck runs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.conditions.facts import Facts
from coldframe.domain.deciding import arm_of, values_of
from coldframe.domain.derived import (
    fields_set,
    journey_requested,
    marketing_stopped,
    score_given,
)
from coldframe.domain.enrolment import Enrolment, Stand
from coldframe.domain.errors import Left
from coldframe.domain.journey import END
from coldframe.domain.journey_steps import (
    Branch,
    EnrolIn,
    GiveScore,
    Leave,
    SetFields,
    StopMarketing,
)
from coldframe.domain.known_facts import facts_of
from coldframe.domain.splitting import HOLDOUT, held_out
from coldframe.domain.touchpoint import Touchpoint
from coldframe.domain.waiting import waiting_for
from coldframe.services.known_leads import KnownLeads
from coldframe.services.leaving import Leaving
from coldframe.services.pausing import Pausing
from coldframe.services.replacing import Replacing
from coldframe.services.steps import (
    Standing,
    StepCommand,
    StepOutcome,
    entered,
    refusals_reported,
)

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Playbook, Touchpoints
    from coldframe.services.ports.due import Alarm
    from coldframe.services.ports.steps import Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    enrolments: Enrolments
    leads: KnownLeads
    touchpoints: Touchpoints
    waits: Waits
    pausing: Pausing
    playbook: Playbook
    alarm: Alarm
    clock: Clock

    def __call__(self, command: StepCommand) -> StepOutcome:
        """Left and Parked are raised, or reported under the token."""
        with refusals_reported(self.waits, command):
            if command.stuck is not None:
                return StepOutcome(stuck=self._replaced(command, command.stuck))
            at = entered(self.enrolments, self.playbook, self.clock, command)
            match at.step.action:
                case Branch() as branch:
                    return self._branch(at, branch)
                case Leave(reason=reason):
                    self._leaving()(at, reason)
                    return StepOutcome()
            return self._go_on(command, at)
        return StepOutcome()

    def _replaced(self, command: StepCommand, error: str) -> bool:
        """Nothing is stuck that the lead has left: the run just ends."""
        replacing = Replacing(
            enrolments=self.enrolments,
            playbook=self.playbook,
            alarm=self.alarm,
            clock=self.clock,
        )
        with suppress(Left):
            return replacing(command, error)
        return False

    def _branch(self, at: Standing, branch: Branch) -> StepOutcome:
        """The recorded arm is taken again, whatever the lead is now."""
        ways = {arm.name: arm.to for arm in branch.arms}
        taken = at.enrolment.arms.get(at.step.id, "")
        if taken not in ways:
            now = self.clock.now()
            arm, because = arm_of(branch, self._facts(at), now=now)
            if arm is None:
                return StepOutcome(to=at.step.next or END)
            stand = Stand(step=at.step.id, at=now, arm=arm.name, because=because)
            taken = self.enrolments.stand(at.enrolment, stand).arms[at.step.id]
            ways.setdefault(taken, arm.to)
        return StepOutcome(to=ways[taken])

    def _go_on(self, command: StepCommand, at: Standing) -> StepOutcome:
        """From when the step was first entered, however often it is entered again."""
        now, enrolment = self.clock.now(), at.enrolment
        since = enrolment.since if enrolment.step == at.step.id else now
        waiting = command.token and waiting_for(
            at.step, enrolment, token=command.token, entered=since, begun=since, now=now
        )
        because = HOLDOUT if _is_left_out(at) else ""
        stand = Stand(step=at.step.id, at=now, waiting=waiting or None, because=because)
        stands = self.enrolments.stand(enrolment, stand)
        told = None if because else self._told(stands, at)
        if told is not None:
            self.touchpoints.append(told)
        at = Standing(enrolment=stands, journey=at.journey, step=at.step)
        return self.pausing(command, at, entered=stands.since, done=stands.since)

    def _told(self, stands: Enrolment, at: Standing) -> Touchpoint | None:
        """What the step brings about: the same touchpoint, however often it is entered."""
        step, since, now = at.step.id, stands.since, self.clock.now()
        match at.step.action:
            case SetFields() as action:
                values = values_of(action, self._facts(at), now=since)
                return fields_set(stands, values, step=step, at=since, now=now)
            case GiveScore() as action:
                return score_given(stands, action, step=step, at=since, now=now)
            case StopMarketing() as action:
                return marketing_stopped(stands, action, step=step, at=since, now=now)
            case EnrolIn(journey=journey):
                return journey_requested(stands, journey, own=step, at=since, now=now)
        return None

    def _facts(self, at: Standing) -> Facts:
        profile = self.leads(at.enrolment.lead, at.journey)
        knowing = self.playbook.reactions().knowing
        now = self.clock.now()
        return facts_of(profile, client=self.playbook.client(), knowing=knowing, now=now)

    def _leaving(self) -> Leaving:
        return Leaving(enrolments=self.enrolments, touchpoints=self.touchpoints, clock=self.clock)


def _is_left_out(at: Standing) -> bool:
    """A lead that is held out isn't given anything, not even points: they might alarm sales."""
    tells = isinstance(at.step.action, SetFields | GiveScore | StopMarketing | EnrolIn)
    return tells and held_out(at.step, journey=at.journey, lead=at.enrolment.lead)
