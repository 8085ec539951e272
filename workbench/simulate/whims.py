"""What leads do by themselves: reach the goal, answer a wait, leave for reasons of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.touchpoint import BUILT_IN_KINDS

if TYPE_CHECKING:
    from coldframe.domain.event_match import EventMatch
    from coldframe.domain.position import Action
    from workbench.simulate.ride import Ride

OF_MAILS: Final = "email."


class Whims:
    def __init__(self, ride: Ride) -> None:
        self._ride = ride

    def from_the_first_day(self) -> None:
        """What happens some time, mails or not."""
        ride = self._ride
        rate = ride.scene.behaviour.goal_unprompted
        self.may_reach_goal(rate, after=self._some_time())
        for when in {each.when.kind: each.when for each in reversed(ride.scene.exits)}.values():
            self._may_leave(when)

    def may_reach_goal(self, rate: float, *, after: timedelta) -> None:
        """A goal that mails themselves bring about isn't drawn."""
        ride, goal = self._ride, self._ride.scene.goal
        if goal and not goal.kind.startswith(OF_MAILS) and ride.dice.random() < rate:
            ride.later(ride.now + after, self._reach_goal)

    def while_waiting(self, action: Action) -> None:
        """An event that is neither a mail's nor the goal comes as often as was said."""
        ride = self._ride
        waits = ride.scene.journey.steps[action.step].wait_for
        if waits is None or not self._is_drawn_here(waits.when):
            return
        behaviour, when = ride.scene.behaviour, waits.when
        if ride.dice.random() < behaviour.events.get(when.kind, behaviour.event):
            after = timedelta(seconds=int(ride.dice.random() * waits.limit))
            ride.later(ride.now + after, lambda: ride.does(when.kind, when.where))

    def _reach_goal(self) -> None:
        ride, goal = self._ride, self._ride.scene.goal
        if goal is not None and ride.story.goal_at is None:
            ride.does(goal.kind, goal.where, text=f"reaches the goal: {goal.kind}")

    def _may_leave(self, when: EventMatch) -> None:
        ride = self._ride
        behaviour = ride.scene.behaviour
        if not self._is_drawn_here(when):
            return
        if ride.dice.random() < behaviour.events.get(when.kind, behaviour.leave):
            at = ride.now + self._some_time()
            ride.later(at, lambda: ride.does(when.kind, when.where))

    def _some_time(self) -> timedelta:
        """Before the simulation ends."""
        rest = (self._ride.end - self._ride.now) / timedelta(seconds=1)
        return timedelta(seconds=int(self._ride.dice.random() * max(0.0, rest)))

    def _is_drawn_here(self, when: EventMatch) -> bool:
        """Not a mail's, nor one of ours, nor the goal, each of which comes about elsewhere."""
        ours = when.kind in BUILT_IN_KINDS or when.kind.startswith(OF_MAILS)
        return not ours and when != self._ride.scene.goal
