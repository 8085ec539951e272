"""The one place where consequences are drawn from a touchpoint."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.click import message_that_led_here, observed_message
from coldframe.domain.company import SOON, member_of
from coldframe.domain.counting import counting_of
from coldframe.domain.erasure import is_dropped, is_gone, numbered_anew, still_marked
from coldframe.domain.errors import StaleLead, TooDeep, TooManyPosts, Transient
from coldframe.domain.grouping import grouped
from coldframe.domain.keeping import outlived
from coldframe.domain.knowing.relearning import outdated, relearned
from coldframe.domain.react import Reaction, react
from coldframe.domain.touchpoint import IDENTITY_LINKED, MAX_DEPTH, REFERRAL_MADE, TICK, Touchpoint
from coldframe.domain.visitor import is_visitor
from coldframe.services.capture import kept_until, suspected
from coldframe.services.observing import Observing
from coldframe.services.scrubbing import EVER, scrub

if TYPE_CHECKING:
    from coldframe.domain.playbook import Reactions
    from coldframe.domain.profile import Profile
    from coldframe.services.joining import Joining
    from coldframe.services.merging import Merging
    from coldframe.services.ports import (
        Clock,
        Ledger,
        Observations,
        Playbook,
        Profiles,
        Touchpoints,
    )
    from coldframe.services.ports.due import Alarm
    from coldframe.services.referring import ReferralJudging
    from coldframe.services.surging import SurgeWatching


PROFILE = "P"
"""What a tick is about when it is the lead itself."""
ROUNDS = 5
"""How often a lead that somebody else changed is read again."""


def _nobodys(_domain: str) -> bool:
    """In a history, colleagues' news is told already."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacting:
    touchpoints: Touchpoints
    profiles: Profiles
    observations: Observations
    ledger: Ledger
    playbook: Playbook
    alarm: Alarm
    clock: Clock
    surges: SurgeWatching | None = None
    """None: nobody is told of a surge, as in a history."""
    is_business: Callable[[str], bool] = _nobodys
    """Whether a domain is a company's, and no mailbox provider's."""
    merging: Merging | None = None
    """None: nobody is more than one identity, as in a history."""
    joining: Joining | None = None
    """None: visits have joined their leads already, as in a history."""
    referring: ReferralJudging | None = None
    """None: referrals are judged already, as in a history."""

    def __call__(self, touchpoint: Touchpoint) -> str:
        """ "" when reacted to; else it had to be parked, and this is the error's class name.

        StaleLead and Transient are raised: the record comes again.
        """
        try:
            self._react(touchpoint)
        except (StaleLead, Transient):
            raise
        except Exception as error:  # noqa: BLE001 - whatever one record does, its shard goes on
            self.touchpoints.park(touchpoint, type(error).__name__)
            return type(error).__name__
        return ""

    def _react(self, touchpoint: Touchpoint) -> None:
        if touchpoint.depth >= MAX_DEPTH:
            raise TooDeep(touchpoint.id)
        message = observed_message(touchpoint)
        try:
            for _ in range(ROUNDS - 1):
                with suppress(StaleLead):
                    return self._draw(touchpoint, message)
            return self._draw(touchpoint, message)
        except TooManyPosts as flood:
            suspect = suspected(touchpoint, flood.signs)
            self.touchpoints.put_aside(touchpoint, suspect, until=kept_until(touchpoint))

    def _draw(self, touchpoint: Touchpoint, message: str | None) -> None:
        if is_visitor(touchpoint.lead):
            if self.joining:
                self.joining.follow(touchpoint)
        elif message is not None:
            self._observing(touchpoint, message)
        elif touchpoint.kind != TICK or touchpoint.data.get("about") == PROFILE:
            if led := message_that_led_here(touchpoint):
                self._observing.confirm(touchpoint, led)
            self._hear(touchpoint)

    def _hear(self, touchpoint: Touchpoint) -> None:
        before = self.profiles.own(touchpoint.lead)
        if self._is_left_out(touchpoint, before):
            return
        if self.merging and before is not None and before.moved_to:
            if unheard := self.merging.follow(touchpoint, before.moved_to):
                self._draw(unheard, None)
        else:
            self._conclude(before, touchpoint)
        if self.merging and touchpoint.kind == IDENTITY_LINKED and not touchpoint.history:
            self.merging(touchpoint)

    def _conclude(self, before: Profile | None, touchpoint: Touchpoint) -> None:
        reactions = self.playbook.reactions()
        known = None if before and is_gone(before) else before
        current = self._current(known, reactions, touchpoint)
        reaction = react(current, touchpoint, reactions)
        after = reaction.profile
        if after is None:
            return
        after = grouped(still_marked(before, after), reactions, self.is_business)
        scrub(self.touchpoints, before, after, reactions, touchpoint.received_at)
        for _, fields in outlived([touchpoint], reactions.keep, touchpoint.received_at):
            self.touchpoints.scrub(touchpoint, fields)
        self._keep(before, after, reaction, touchpoint)
        self._arm(before, after)
        if self.joining:
            self.joining.named(touchpoint, after)

    def _is_left_out(self, touchpoint: Touchpoint, before: Profile | None) -> bool:
        """A referral that goes on under another identity is judged there, a history's is judged."""
        if touchpoint.kind == REFERRAL_MADE and not touchpoint.history and self.referring:
            return not (before and before.moved_to) and not self.referring(touchpoint, before)
        if is_dropped(before, touchpoint):
            self.touchpoints.forget(touchpoint)
            return True
        return False

    def _keep(
        self, before: Profile | None, after: Profile, reaction: Reaction, cause: Touchpoint
    ) -> None:
        """A surge is looked for also when nothing was saved: who did may have gone no further."""
        counting = counting_of(before, cause)
        if after is not before or reaction.decisions:
            decisions = numbered_anew(() if cause.history else reaction.decisions, after)
            self.profiles.save(before, after, decisions, reaction.derived, counting=counting)
        if self.surges and (counting.newcomer_at or (counting.paces and after is before)):
            self.surges(cause)

    def _current(
        self, before: Profile | None, reactions: Reactions, cause: Touchpoint
    ) -> Profile | None:
        """A lead that other definitions were applied to is learned anew from all it did.

        The sweep will see to all the others.
        """
        if before is None or not outdated(before, reactions):
            return before
        now = cause.received_at
        self.alarm.arm(now)
        others = [each for each in self.touchpoints.since(before.lead, EVER) if each.id != cause.id]
        return relearned(before, others, reactions, now)

    def _arm(self, before: Profile | None, after: Profile) -> None:
        """Also when nothing was saved: whoever saved it may have gone no further."""
        if member_of(before) != member_of(after):
            self.alarm.arm(self.clock.now() + SOON)
        due_at = after.standing.due_at
        if due_at and (before is after or before is None or before.standing.due_at != due_at):
            self.alarm.arm(due_at)

    @property
    def _observing(self) -> Observing:
        return Observing(
            touchpoints=self.touchpoints,
            profiles=self.profiles,
            observations=self.observations,
            ledger=self.ledger,
            alarm=self.alarm,
            clock=self.clock,
        )
