"""Evidence about one mail is kept, and judged when it is time; a person's follow is a click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coldframe.domain.click import drawn_from, evidence_in
from coldframe.domain.download import is_given
from coldframe.domain.erasure import is_gone
from coldframe.domain.observation import Observation, human_follows, judged, observed
from coldframe.domain.touchpoint import FORM_SUBMITTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coldframe.domain.evidence import Evidence
    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports import Clock, Ledger, Observations, Profiles, Touchpoints
    from coldframe.services.ports.due import Alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class Observing:
    touchpoints: Touchpoints
    profiles: Profiles
    observations: Observations
    ledger: Ledger
    alarm: Alarm
    clock: Clock

    def __call__(self, touchpoint: Touchpoint, message: str) -> None:
        """Evidence is kept; when it is time, judged. No clock runs behind a tick's instant.

        None of a mail that nobody knows any more, as of one to a lead that was erased.
        """
        before = self.observations.get(touchpoint.lead, message)
        if not before.revision and not self._is_known(touchpoint, message):
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
        after = observed(before, self._found(before, touchpoint))
        clicks: list[Touchpoint] = []
        if after.decide_at and after.decide_at <= now:
            after, clicks = self._judge(after, touchpoint, now)
        if after != before:
            self.observations.save(before, after, clicks)
        if after.decide_at:
            self.alarm.arm(after.decide_at)

    def _found(self, before: Observation, touchpoint: Touchpoint) -> Mapping[str, Evidence]:
        """A scanner follows a dozen links within seconds: whoever writes of one of them writes of
        all that have come with it, and of the others nothing is left to be written."""
        alone = evidence_in([touchpoint], before.message)
        if touchpoint.id in before.evidence or not any(seen.follows for seen in alone.values()):
            return alone
        received = self.touchpoints.since(touchpoint.lead, touchpoint.occurred_at)
        return {**evidence_in(received, before.message), **alone}

    def _judge(
        self, observation: Observation, cause: Touchpoint, now: datetime
    ) -> tuple[Observation, list[Touchpoint]]:
        """By all that was received, whatever the stream has shown of it so far."""
        lead, message = observation.lead, self.ledger.message(observation.lead, observation.message)
        first = min(seen.at for seen in observation.evidence.values())
        received = self.touchpoints.since(lead, first)
        complete = observed(observation, evidence_in(received, observation.message))
        drawn = drawn_from(
            human_follows(complete, message, now),
            received,
            (observation.message, message),
            received_at=now,
            depth=cause.depth + 1,
        )
        return judged(complete, message, now), list(drawn)

    def _is_known(self, touchpoint: Touchpoint, message: str) -> bool:
        """The mail that it is evidence of; or the lead, since the form gave it the link."""
        if not is_given(message):
            return self.ledger.message(touchpoint.lead, message) is not None
        given = datetime.fromtimestamp(int(touchpoint.data.get("since", 0)), UTC)
        profile = self.profiles.own(touchpoint.lead)
        if profile is None:
            return self._has_posted(touchpoint.lead, given)
        return not is_gone(profile) and (profile.erased_at is None or given > profile.erased_at)

    def _has_posted(self, lead: str, at: datetime) -> bool:
        """Its post may not have been reacted to yet; one in quarantine isn't seen here."""
        posted = self.touchpoints.since(lead, at)
        return any(each.kind == FORM_SUBMITTED for each in posted)
