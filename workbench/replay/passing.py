"""One enrolment on the virtual clock: where it stands, and what it has done so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.advance import Advanced, advance
from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.journey_steps import Wait
from coldframe.domain.position import Action, Deed, Position
from workbench.replay.outcome import Act, Passage, passage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coldframe.domain.advancing.walk import Script
    from coldframe.domain.gate import Gate
    from coldframe.domain.giving_way import Due
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint
    from workbench.replay.guide import Guide

BEGUN_ANEW: Final = "?"
"""What no date is: the wait is computed again."""
NOWHERE: Final = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a step knows of the lead."""

    profile: Profile | None
    gate: Gate
    history: Iterable[Touchpoint]
    ahead: Callable[[], Sequence[Due]] | None = None
    """Mails of more important journeys; None: no journey is."""


@dataclass(slots=True, kw_only=True)
class Passing:
    position: Position
    script: Script
    guide: Guide | None
    tolerance: timedelta
    later: timedelta = NOWHERE
    """By how much it is behind the record now."""
    version: int = 0
    """Of the position: who was told to come back for an older one is too late."""
    withheld: dict[str, Act] = field(default_factory=dict)
    because: dict[str, str] = field(default_factory=dict)
    waits: Act | None = None

    @property
    def open(self) -> bool:
        return self.position.enrolment.status is EnrolmentStatus.OPEN

    def planned(self, now: datetime) -> datetime:
        """When it goes on by itself: nothing else makes a step begin before."""
        at = self._comes_at(now)
        self.position = replace(self.position, due=at)
        return at

    def _comes_at(self, now: datetime) -> datetime:
        """When it is due, and then as late as in the record, where everything takes its time."""
        due, guide = max(self.position.due or now, now), self.guide
        if guide is None:
            return due
        latest, recorded = due + self.tolerance, guide.next(self.position, self.script.journey)
        expected = recorded + self.later if recorded else None
        if expected and due <= expected <= latest:
            return expected
        if expected and expected < due:
            return due
        return guide.after_others(self.position, self.script.journey, due, latest)

    def move(self, now: datetime, facts: Facts, event: Touchpoint | None = None) -> Advanced:
        """As far as it goes now; the caller counts its mails and tells what it tells."""
        before = self.position.enrolment.claims
        done = self._advanced(self.position, now, facts, event)
        self._heard(done.actions)
        new = [key for key in done.position.enrolment.claims if key not in before]
        self.position, self.version = done.position, self.version + 1
        for key in new:
            self._follow(key, done.position.enrolment.claims[key].at)
        if new and self.position.paused:
            self._pause_anew(new[-1], now, replace(facts, gate=done.gate))
        return done

    def passage(self) -> Passage:
        found = passage_of(self.position.enrolment, self.withheld, self.because)
        return replace(found, waits=self.waits if self.open else None)

    def _advanced(
        self, position: Position, now: datetime, facts: Facts, event: Touchpoint | None
    ) -> Advanced:
        return advance(
            position,
            self.script,
            profile=facts.profile,
            gate=facts.gate,
            now=now,
            event=event,
            history=facts.history,
            ahead=facts.ahead,
        )

    def _heard(self, actions: Iterable[Action]) -> None:
        for action in actions:
            match action.deed:
                case Deed.WITHHELD:
                    key = self.script.journey.steps[action.step].claim
                    what = action.what
                    self.withheld[key] = Act(what=what, at=action.at, went=False, why=action.why)
                    self._follow(key, action.at)
                case Deed.DECIDED:
                    self.because[action.step] = action.why
                case Deed.PUT_OFF | Deed.WAITS:
                    self.waits = Act(
                        what=action.what,
                        at=action.at,
                        went=False,
                        why=action.why,
                        until=action.until,
                    )

    def _follow(self, key: str, at: datetime) -> None:
        recorded = self.guide.acts.get(key) if self.guide else None
        if recorded is not None:
            later = at - recorded
            self.later = later if abs(later) > self.tolerance else NOWHERE

    def _pause_anew(self, key: str, now: datetime, facts: Facts) -> None:
        """What follows a mail begins when it has gone, which may be a while after its claim."""
        took = self.guide.sending.get(key) if self.guide else None
        step = self.script.journey.steps[self.position.enrolment.step]
        due = self.position.due
        if not took or step.claim != key or due is None:
            return
        gone = now + took
        if isinstance(step.pause, Wait):
            anew = replace(self.position, began=gone, dated=BEGUN_ANEW)
            timed = self._advanced(anew, min(gone, due), facts, None)
            if timed.position.paused:
                self.position = timed.position
                self._heard(timed.actions)
        else:
            self.position = replace(self.position, due=due + took)
