"""What follows a step's effect: a wait, an event that is waited for, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.deciding import holds
from coldframe.domain.enrolment import Asked, EndReason, Enrolment, Stand
from coldframe.domain.errors import Elapsed, Left, Parked
from coldframe.domain.instants import whole_seconds
from coldframe.domain.journey import MIGRATE
from coldframe.domain.journey_steps import Send, SendText, Wait, WaitFor
from coldframe.domain.known_facts import facts_asked
from coldframe.domain.pausing import next_for, wait_ends
from coldframe.domain.sending_hours import hours_of
from coldframe.domain.waiting import (
    LONGEST_RUN,
    answer_among,
    counts_from,
    ends_at,
    parks,
    waiting_for,
)
from coldframe.services.known_leads import KnownLeads
from coldframe.services.leaving import Leaving
from coldframe.services.steps import Standing, StepCommand, StepOutcome

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports import Clock, Enrolments, Playbook, Touchpoints
    from coldframe.services.ports.steps import Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Pausing:
    enrolments: Enrolments
    leads: KnownLeads
    touchpoints: Touchpoints
    waits: Waits
    playbook: Playbook
    clock: Clock

    def __call__(
        self,
        command: StepCommand,
        at: Standing,
        *,
        entered: datetime,
        done: datetime,
        profile: Profile | None = None,
    ) -> StepOutcome:
        """``entered``, ``done``: the recorded instants from which events count and waits run.

        Parked when it takes longer than a run is kept waiting; Left when it ends the enrolment.
        ``profile``: if the step has read it.
        """
        match at.step.pause:
            case WaitFor() as wait:
                self._wait_for(command, at, wait, entered=entered, begun=done, profile=profile)
                return StepOutcome()
            case Wait() as wait:
                return self._wait(at, wait, since=done, profile=profile)
        if at.step.next is None:
            self.enrolments.close(at.enrolment, EndReason.COMPLETED, self.clock.now())
        return StepOutcome()

    def _wait(
        self, at: Standing, wait: Wait, *, since: datetime, profile: Profile | None
    ) -> StepOutcome:
        if not self._asks_of_the_lead(at, wait):
            return self._until(at, wait, whole_seconds(since + _plainly(wait)))
        if wait.computed and (asked := self._asked(at, at.enrolment)) and asked.until:
            return self._until(at, wait, asked.until)
        ends = wait_ends(
            wait,
            step=at.step,
            journey=at.journey,
            client=self.playbook.client(),
            profile=profile or self.leads(at.enrolment.lead, at.journey),
            lead=at.enrolment.lead,
            since=since,
            mail=self.playbook.mail,
            knowing=self.playbook.reactions().knowing,
        )
        if ends.exit:
            self._leaving()(at, EndReason.EXITED, because=ends.why)
            raise Left(at.enrolment.id)
        if ends.skip:
            return StepOutcome(to=wait.skip_to or "")
        if wait.computed:
            self._keep(at, Asked(until=ends.at or since, version=at.journey.version))
        return self._until(at, wait, ends.at or since)

    def _asked(self, at: Standing, stored: Enrolment | None) -> Asked | None:
        """What the wait came to in an earlier run, or in an earlier try of this one."""
        asked = stored.asked.get(at.step.id) if stored else None
        if asked and at.journey.edits == MIGRATE and asked.version != at.journey.version:
            return None
        return asked

    def _keep(self, at: Standing, asked: Asked) -> None:
        self.enrolments.keep(at.enrolment, at.step.id, asked)

    def _asks_of_the_lead(self, at: Standing, wait: Wait) -> bool:
        """A plain wait before no marketing mail, or one that may go at any hour, doesn't."""
        if wait.computed or wait.until or wait.date:
            return True
        if hours_of(self.playbook.client(), at.journey).always:
            return False
        follows = next_for(at.step.next, at.journey, at.enrolment.lead)
        return follows is not None and isinstance(follows.action, Send | SendText)

    def _until(self, at: Standing, wait: Wait, instant: datetime) -> StepOutcome:
        now = self.clock.now()
        if wait.may_park and instant - now > LONGEST_RUN:
            parked = Stand(step=at.step.id, at=now, parked_until=instant)
            self.enrolments.stand(at.enrolment, parked)
            raise Parked(at.enrolment.id)
        return StepOutcome(resume_at=instant)

    def _wait_for(
        self,
        command: StepCommand,
        at: Standing,
        wait: WaitFor,
        *,
        entered: datetime,
        begun: datetime,
        profile: Profile | None,
    ) -> None:
        """One consistent look, after the wait is recorded: an event can't slip between the two.

        Elapsed when a run that was resumed comes to it after its limit.
        """
        if command.token is None:
            return
        now = self.clock.now()
        parked = parks(wait, begun=begun, now=now)
        if parked:
            self._park(at, wait, command.token, entered=entered, begun=begun)
        over = ends_at(wait, begun=begun) <= now
        until = ends_at(wait, begun=begun) if over else None
        since = counts_from(wait, at.step, at.enrolment, entered=entered)
        if self._answered(at, wait, since=since, until=until, profile=profile):
            self.waits.succeed(command.token, {"event": wait.when.kind})
        elif over:
            raise Elapsed(at.enrolment.id)
        elif parked:
            raise Parked(at.enrolment.id)

    def _answered(
        self,
        at: Standing,
        wait: WaitFor,
        *,
        since: datetime,
        until: datetime | None,
        profile: Profile | None,
    ) -> bool:
        """A condition is asked once: here when the wait begins, else when its event comes."""
        if wait.condition:
            stored = self.enrolments.get(at.enrolment.lead, at.enrolment.id)
            asked = self._asked(at, stored)
            if asked is not None and asked.until is None:
                return asked.answered
        found = answer_among(
            self._done_since(at.enrolment.lead, since, profile),
            wait,
            enrolment=at.enrolment,
            key=at.journey.re_enter.key,
            since=since,
            until=until,
        )
        answered = found is not None and self._holds(at, wait)
        if wait.condition:
            self._keep(at, Asked(answered=answered, version=at.journey.version))
        return answered

    def _done_since(self, lead: str, at: datetime, profile: Profile | None) -> Iterator[Touchpoint]:
        """By the person, under whichever identity."""
        profile = profile or self.leads.profiles.get(lead)
        yield from self.touchpoints.since(lead, at)
        if profile and profile.person:
            yield from self.touchpoints.since(profile.person, at)

    def _park(
        self, at: Standing, wait: WaitFor, token: str, *, entered: datetime, begun: datetime
    ) -> None:
        """Without a token: who has the answer resumes it, and so does the end of its limit."""
        now = self.clock.now()
        waiting = waiting_for(
            at.step, at.enrolment, token=token, entered=entered, begun=begun, now=now
        )
        until = ends_at(wait, begun=begun)
        stand = Stand(step=at.step.id, at=now, waiting=waiting, parked_until=until)
        self.enrolments.stand(at.enrolment, stand)

    def _holds(self, at: Standing, wait: WaitFor) -> bool:
        if wait.condition is None:
            return True
        profile = self.leads(at.enrolment.lead, at.journey)
        knowing, now = self.playbook.reactions().knowing, self.clock.now()
        client = self.playbook.client()
        facts = facts_asked([wait.condition], profile, client=client, knowing=knowing, now=now)
        return holds(wait.condition, facts, now=now)

    def _leaving(self) -> Leaving:
        return Leaving(enrolments=self.enrolments, touchpoints=self.touchpoints, clock=self.clock)


def _plainly(wait: Wait) -> timedelta:
    return timedelta(seconds=wait.seconds or 0)
