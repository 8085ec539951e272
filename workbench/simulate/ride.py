"""One lead on a virtual clock: a heap of what happens when, the real `react` and `advance`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from coldframe.domain.advance import advance
from coldframe.domain.decision import DecisionKind
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, enrolment_id
from coldframe.domain.gate import Gate
from coldframe.domain.position import Action, Deed, Position
from coldframe.domain.react import matches, react
from coldframe.domain.touchpoint import (
    TICK,
    Touchpoint,
    record,
)
from workbench.simulate.mailbox import Mailbox
from workbench.simulate.people import chance, introduction, person
from workbench.simulate.story import Story
from workbench.simulate.transitions import Meter
from workbench.simulate.whims import Whims

if TYPE_CHECKING:
    from coldframe.domain.advance import Advanced
    from coldframe.domain.profile import Profile
    from workbench.simulate.scene import Scene

ABOUT_THE_LEAD: Final = "P"
"""What a tick says when time itself may have changed what we conclude of a lead."""


class Ride:
    """Nothing here decides anything about the journey: it lets things happen, in order."""

    def __init__(self, scene: Scene, number: int, *, diary: bool = False) -> None:
        self.scene = scene
        self.dice = chance(scene, number)
        self.person = person(scene, number, self.dice)
        self.story = Story(journey=scene.journey, lines=[] if diary else None)
        self.mailbox = Mailbox(self)
        self.whims = Whims(self)
        self.gate = Gate(lead=self.person.lead)
        self.profile: Profile | None = None
        self.position: Position | None = None
        self.meter = Meter(scene.journey)
        self.now = self.person.comes_at
        self._script = scene.script
        self.end = scene.start + timedelta(days=scene.days)
        self._history: list[Touchpoint] = []
        self._ahead: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._tick: datetime | None = None

    def run(self) -> Story:
        self.later(self.person.comes_at, self._comes)
        while self._ahead and self._ahead[0][0] < self.end:
            self.now, _, happens = heappop(self._ahead)
            happens()
        ended = self.position.enrolment.ended_at if self.position else None
        self.story.finish(ended or self.end, inside=self.open)
        return self.story

    @property
    def open(self) -> bool:
        return self.position is not None and self.position.enrolment.status is EnrolmentStatus.OPEN

    def later(self, at: datetime, happens: Callable[[], None]) -> None:
        heappush(self._ahead, (at, next(self._order), happens))

    # what the lead does

    def does(self, kind: str, data: Mapping[str, Any] | None = None, *, text: str = "") -> None:
        self.story.tell(self.now, "lead", text or kind)
        self.feed(self.touchpoint(kind, dict(data or {})))

    def touchpoint(self, kind: str, data: dict[str, Any], *, own_id: str = "") -> Touchpoint:
        return record(
            lead=self.person.lead,
            kind=kind,
            source="simulation",
            received_at=self.now,
            data=data,
            own_id=own_id or f"{kind}@{self.now.isoformat()}",
        )

    def _comes(self) -> None:
        hello = introduction(self.scene, self.person)
        by = self.scene.comes_by
        self.story.tell(self.now, "lead", f"comes in as {self.person.address}")
        self.feed(hello)
        if by is not None and not matches(by, hello):
            self.does(by.kind, by.where)
        if self.position is None:
            self._enrol(self.now)
        self.whims.from_the_first_day()

    # what we make of it

    def feed(self, touchpoint: Touchpoint) -> None:
        """One touchpoint, its consequences for the profile, and for where the lead stands."""
        self._history.append(touchpoint)
        entered = self._learn(touchpoint)
        goal = self.scene.goal
        if goal and self.story.entered_at and not self.story.goal_at and matches(goal, touchpoint):
            self.story.goal_at = self.now
        if self.position is not None:
            self._move(touchpoint)
        elif entered is not None:
            self._enrol(entered)

    def _learn(self, touchpoint: Touchpoint) -> datetime | None:
        """When it lets the lead into the journey, if it does."""
        reaction = react(self.profile, touchpoint, self.scene.reactions)
        self.profile = reaction.profile
        for derived in reaction.derived:
            self.later(self.now, lambda derived=derived: self.feed(derived))  # type: ignore[misc]  # bound now
        self._arm()
        journey = self.scene.journey.journey
        entries = (
            each.at
            for each in reaction.decisions
            if each.kind is DecisionKind.ENROL and each.journey == journey
        )
        return next(entries, None)

    def _arm(self) -> None:
        due_at = self.profile.standing.due_at if self.profile else None
        if due_at is not None and due_at != self._tick:
            self._tick = due_at
            self.later(max(due_at, self.now), lambda: self._ring(due_at))

    def _ring(self, due_at: datetime) -> None:
        if self._tick == due_at:
            self._tick = None
            self.feed(self.touchpoint(TICK, {"about": ABOUT_THE_LEAD}))

    def _enrol(self, at: datetime) -> None:
        journey = self.scene.journey
        enrolment = Enrolment(
            lead=self.person.lead,
            id=enrolment_id(self.person.lead, journey.journey),
            journey=journey.journey,
            status=EnrolmentStatus.OPEN,
            step=journey.first,
            since=at,
            generation=1,
            started_at=at,
            requested_at=at,
        )
        self.position = Position(enrolment=enrolment)
        self.story.entered_at = self.now
        self.story.tell(self.now, "journey", f"enters {journey.journey}")
        self._move(None)

    def _move(self, event: Touchpoint | None) -> None:
        """As far as it goes; what a step tells us of the lead is learned before the next."""
        while self.open and self.position is not None:
            done = advance(
                self.position,
                self._script,
                profile=self.profile,
                gate=self.gate,
                now=self.now,
                event=event,
                history=self._history,
            )
            waited = self.position.due
            self.position, self.gate, event = done.position, done.gate, None
            self.story.visited(done.visited)
            self._measure(done)
            for touchpoint in done.told:
                self._history.append(touchpoint)
                self._learn(touchpoint)
            for action in done.actions:
                self.story.acted(action)
                self._follow(action)
            if done.due is None or done.due > self.now:
                if done.due is not None and done.due != waited:
                    self.later(done.due, self._due)
                return

    def _measure(self, done: Advanced) -> None:
        self.meter.count(done)
        self.story.tally.transitions = self.meter.total

    def _due(self) -> None:
        if self.position is not None and self.position.due == self.now:
            self._move(None)

    def _follow(self, action: Action) -> None:
        if action.deed is Deed.MAILED:
            self.mailbox.receive(action)
        elif action.deed is Deed.WAITS:
            self.whims.while_waiting(action)
