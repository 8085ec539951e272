"""One lead's past on a virtual clock, through the reactions and journeys of today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Final

from coldframe.domain.click import OBSERVATION, observed_message
from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.erasure import is_dropped
from coldframe.domain.gate import Gate
from coldframe.domain.giving_way import Due
from coldframe.domain.instants import text_of
from coldframe.domain.position import Position
from coldframe.domain.precedence import Precedence, Rank
from coldframe.domain.touchpoint import TICK, Touchpoint, record
from coldframe.services.reacting import PROFILE
from workbench.replay.beginning import begun, overtaking
from workbench.replay.echoes import Echoes, is_derived
from workbench.replay.gates import gates_of
from workbench.replay.guide import Guide, guide_of
from workbench.replay.letters import Letters
from workbench.replay.outcome import (
    Outcome,
    asked_for,
    own_part,
    told_in,
    verdicts_of,
)
from workbench.replay.passing import NOWHERE, Facts, Passing
from workbench.replay.past import known_of
from workbench.replay.shelf import Shelf

if TYPE_CHECKING:
    from coldframe.domain.client_pause import Pause
    from coldframe.domain.journey import Journey
    from coldframe.domain.message import Message
    from coldframe.domain.profile import Profile
    from workbench.replay.book import Book
    from workbench.replay.past import Past

MOST_MOVES: Final = 100_000
"""Of one lead: nothing that is real takes so many."""


class Endless(RuntimeError):
    """The lead's journeys lead back to themselves without time passing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all leads are replayed by."""

    book: Book
    pause: Pause | None
    tolerance: timedelta


class Rerun:
    def __init__(self, past: Past, setting: Setting) -> None:
        self.past, self.setting, self.book = past, setting, setting.book
        self.shelf = Shelf(past, self.book)
        self.gates = gates_of(past, self.book.of, setting.pause)
        self.counted = Gate(lead=past.lead)
        self.passings: list[Passing] = []
        self.echoes = Echoes(past, self)
        self.letters = Letters(past, self)
        self.decisions: list[Decision] = []
        self.recorded = {own_part(each): each for each in past.touchpoints}
        self._ahead: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._armed = {
            (str(each.data.get("about", "")), each.occurred_at)
            for each in past.touchpoints
            if each.kind == TICK
        }

    @property
    def now(self) -> datetime:
        return self.shelf.time.at

    @property
    def profile(self) -> Profile | None:
        return self.shelf.drawn.profile

    @property
    def gate(self) -> Gate:
        """As it was at this instant, with the mails that went in the replay."""
        mine = self.counted
        counts = {name: getattr(mine, name) for name in ("mails", "tallies", "requested")}
        return replace(self.gates.at(self.now), **counts)

    def run(self) -> Outcome:
        for each in sorted(self.past.touchpoints, key=_by_receipt):
            if not is_derived(each):
                self.later(each.received_at, lambda each=each: self.echoes.happens(each))  # type: ignore[misc]  # bound now
        self.letters.announce()
        for _ in range(MOST_MOVES):
            if not self._ahead or self._ahead[0][0] > self.past.at:
                return self._outcome()
            at, _, happens = heappop(self._ahead)
            self.shelf.time.at = max(at, self.now)
            happens()
        raise Endless(self.past.lead)

    def later(self, at: datetime, happens: Callable[[], None]) -> None:
        heappush(self._ahead, (max(at, self.now), next(self._order), happens))

    def happen(self, touchpoint: Touchpoint) -> None:
        """It is reacted to; then each journey hears of it."""
        before = self.profile
        if not self.shelf.seen.append(touchpoint):
            return
        self.shelf.react(touchpoint)
        decisions, derived = self.shelf.take()
        self.decisions += decisions
        if observed_message(touchpoint) is None and not is_dropped(before, touchpoint):
            for passing in list(self.passings):
                self.move(passing, touchpoint)
        for decision in decisions:
            if decision.kind is DecisionKind.ENROL:
                self._enrol(decision)
        for each in derived:
            self._derive(each)
        self._arm()

    def move(self, passing: Passing, event: Touchpoint | None = None) -> None:
        if not passing.open:
            return
        history = self.shelf.seen.rows.values()
        ahead = partial(self._outranking, passing.script.journey)
        facts = Facts(profile=self.profile, gate=self.gate, history=history, ahead=ahead)
        done = passing.move(self.now, facts, event)
        self.counted = done.gate
        self.echoes.sent(passing)
        for told in done.told:
            self._derive(told)
        if passing.open:
            self._come_back(passing)

    def _outranking(self, journey: Journey) -> tuple[Due, ...]:
        """Mails that are due soon of journeys above this one, as the deployed step finds them."""
        profile, book = self.profile, self.book
        if profile is None or not journey.outranked:
            return ()
        asked = Precedence(
            profile=profile,
            client=book.of,
            journey=book.journey,
            mail=book.mail,
            broadcast=book.broadcast,
            message=self._letter,
        )
        held = [each.position.enrolment for each in self.passings]
        below = Rank(priority=journey.priority, broadcasts=journey.below)
        return asked.before(below, held, now=self.now)

    def _letter(self, message: str) -> Message | None:
        """What had become of a broadcast's mail by now."""
        told = (each for each in self.past.messages if each.id == message and not each.journey)
        return next((each for each in told if each.at <= self.now), None)

    def _come_back(self, passing: Passing) -> None:
        at, version = passing.planned(self.now), passing.version

        def due() -> None:
            if passing.version == version:
                self.move(passing)

        self.later(at, due)

    def _enrol(self, decision: Decision) -> None:
        enrolment = begun(decision, [each.position.enrolment for each in self.passings])
        if enrolment is None:
            return
        guide = self._guide(enrolment)
        tolerance = self.setting.tolerance
        behind = enrolment.started_at - guide.enrolment.started_at if guide else NOWHERE
        passing = Passing(
            position=Position(enrolment=enrolment),
            script=self.book.script(enrolment.journey),
            guide=guide,
            tolerance=tolerance,
            later=behind if abs(behind) > tolerance else NOWHERE,
        )
        self.passings.append(passing)
        seen = self.shelf.seen.rows.values()
        if left := overtaking(decision, enrolment, self.book.rules, seen):
            self.move(passing, left)
        else:
            self._come_back(passing)

    def _guide(self, enrolment: Enrolment) -> Guide | None:
        """The recorded enrolment that began so, else the one of the same id."""
        mine = [each for each in self.past.enrolments if each.journey == enrolment.journey]
        began = (
            each
            for each in mine
            if (each.key, each.started_at) == (enrolment.key, enrolment.started_at)
        )
        same = (each for each in mine if each.id == enrolment.id)
        found = next(began, None) or next(same, None)
        return guide_of(found, self.past, self.book) if found else None

    def _derive(self, touchpoint: Touchpoint) -> None:
        """It comes back by the stream; as late as it did, if it did."""
        recorded = self.recorded.get(own_part(touchpoint))
        if recorded and self.now <= recorded.received_at <= self.now + self.setting.tolerance:
            happened, at = recorded.occurred_at, recorded.received_at
        else:
            happened, at = touchpoint.occurred_at, self.now
        derived = replace(touchpoint, occurred_at=happened, received_at=at)
        self.later(at, lambda: self.happen(derived))

    def _arm(self) -> None:
        due_at = self.profile.standing.due_at if self.profile else None
        if due_at:
            self._ring(PROFILE, due_at)
        for message, observation in self.shelf.watched.rows.items():
            if observation.decide_at:
                self._ring(f"{OBSERVATION}{message}", observation.decide_at)

    def _ring(self, about: str, due_at: datetime) -> None:
        """Unless the record rings then."""
        if (about, due_at) in self._armed:
            return
        self._armed.add((about, due_at))
        at = max(due_at, self.now)
        tick = record(
            lead=self.past.lead,
            kind=TICK,
            source="sweep",
            received_at=at,
            occurred_at=due_at,
            data={"about": about},
            own_id=f"{about}@{text_of(due_at)}",
        )
        self.later(at, lambda: self.happen(tick))

    def _outcome(self) -> Outcome:
        return Outcome(
            passages=tuple(each.passage() for each in self.passings),
            letters=self.letters.acts,
            told=told_in(self.shelf.seen.rows.values()) | asked_for(self.decisions),
            verdicts=verdicts_of(self.shelf.watched.rows.values()),
            known=known_of(self.profile, self.book.rules.knowing, at=self.past.at),
            unreadable=self.shelf.seen.unreadable,
        )


def _by_receipt(touchpoint: Touchpoint) -> tuple[datetime, datetime, str]:
    return touchpoint.received_at, touchpoint.occurred_at, touchpoint.id
