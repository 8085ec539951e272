"""Evidence about one mail is kept, and judged when it is time; a person's follow is a click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.click import click, clicked_links, evidence_in
from coldframe.domain.observation import Observation, human_follows, judged, observed

if TYPE_CHECKING:
    from datetime import datetime

    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports import Clock, Ledger, Observations, Touchpoints
    from coldframe.services.ports.due import Alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class Observing:
    touchpoints: Touchpoints
    observations: Observations
    ledger: Ledger
    alarm: Alarm
    clock: Clock

    def __call__(self, touchpoint: Touchpoint, message: str) -> None:
        """Evidence is kept; when it is time, judged. No clock runs behind a tick's instant.

        None of a mail that nobody knows any more, as of one to a lead that was erased.
        """
        before = self.observations.get(touchpoint.lead, message)
        if not before.revision and self.ledger.message(touchpoint.lead, message) is None:
            self.touchpoints.forget(touchpoint)
            return
        self._weigh(before, touchpoint)

    def confirm(self, touchpoint: Touchpoint, message: str) -> None:
        """A page tells who came by a link of ours: what was in doubt may be a person's after all.

        Where nobody is known to have followed it yet, the follow will be judged with this.
        """
        before = self.observations.get(touchpoint.lead, message)
        if before.revision:
            self._weigh(before, touchpoint)

    def _weigh(self, before: Observation, touchpoint: Touchpoint) -> None:
        now = max(self.clock.now(), touchpoint.occurred_at)
        message = before.message
        after = observed(before, evidence_in([touchpoint], message))
        clicks: list[Touchpoint] = []
        if after.decide_at and after.decide_at <= now:
            after, clicks = self._judge(after, touchpoint, now)
        if after != before:
            self.observations.save(before, after, clicks)
        if after.decide_at:
            self.alarm.arm(after.decide_at)

    def _judge(
        self, observation: Observation, cause: Touchpoint, now: datetime
    ) -> tuple[Observation, list[Touchpoint]]:
        """By all that was received, whatever the stream has shown of it so far."""
        lead, message = observation.lead, self.ledger.message(observation.lead, observation.message)
        first = min(seen.at for seen in observation.evidence.values())
        received = self.touchpoints.since(lead, first)
        complete = observed(observation, evidence_in(received, observation.message))
        clicked = clicked_links(received, observation.message)
        follows = {follow.id: follow for follow in received}
        clicks = [
            click(
                follows[each.touchpoint],
                message,
                human=each.human,
                received_at=now,
                depth=cause.depth + 1,
            )
            for link, each in human_follows(complete, message, now).items()
            if link not in clicked and each.touchpoint in follows
        ]
        return judged(complete, message, now), clicks
