"""What followed a mail follows it now: as long after it, and not at all if it doesn't go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from coldframe.domain.touchpoint import (
    ALERT_RAISED,
    EMAIL_CLICKED,
    EMAIL_OPENED,
    FIELDS_SET,
    JOURNEY_REQUESTED,
    LINK_FOLLOWED,
    MARKETING_STOPPED,
    SCORE_GIVEN,
    SEGMENT_ENTERED,
    SEGMENT_LEFT,
    Touchpoint,
)

if TYPE_CHECKING:
    from datetime import datetime

    from workbench.replay.passing import Passing
    from workbench.replay.past import Past
    from workbench.replay.rerun import Rerun

DERIVED: Final = {
    "react": {SEGMENT_ENTERED, SEGMENT_LEFT, ALERT_RAISED},
    "observation": {EMAIL_CLICKED},
    "journey": {FIELDS_SET, SCORE_GIVEN, JOURNEY_REQUESTED, MARKETING_STOPPED},
}
"""Source → what we ourselves drew from something else: it is drawn again."""
OF_A_MAIL: Final = frozenset({EMAIL_OPENED, LINK_FOLLOWED})
"""Whatever forbids mail isn't among these: it is kept in any case."""


def is_derived(touchpoint: Touchpoint) -> bool:
    return touchpoint.kind in DERIVED.get(touchpoint.source, ())


class Echoes:
    def __init__(self, past: Past, rerun: Rerun) -> None:
        self._rerun = rerun
        self._sent: dict[str, tuple[str, datetime]] = {
            claim.message: (enrolment.id, claim.at)
            for enrolment in past.enrolments
            if enrolment.journey
            for claim in enrolment.claims.values()
        }
        """Recorded message → its enrolment, and when it was claimed."""
        self._went: dict[str, datetime] = {}
        self._held: dict[str, list[Touchpoint]] = {}

    def happens(self, touchpoint: Touchpoint) -> None:
        message = str(touchpoint.data.get("message", ""))
        if touchpoint.kind not in OF_A_MAIL or message not in self._sent:
            self._rerun.happen(touchpoint)
        elif message in self._went:
            self._echo(touchpoint, message)
        else:
            self._held.setdefault(message, []).append(touchpoint)

    def sent(self, passing: Passing) -> None:
        """Which mails have gone by now."""
        if passing.guide is None:
            return
        recorded = passing.guide.enrolment.claims
        for key, claim in passing.position.enrolment.claims.items():
            if key in recorded and recorded[key].message not in self._went:
                self._goes(recorded[key].message, claim.at)

    def _goes(self, message: str, at: datetime) -> None:
        self._went[message] = at
        later = at - self._sent[message][1]
        if abs(later) > self._rerun.setting.tolerance:
            self._rerun.shelf.posted.later[message] = later
        for each in self._held.pop(message, []):
            self._echo(each, message)

    def _echo(self, touchpoint: Touchpoint, message: str) -> None:
        later = self._rerun.shelf.posted.later.get(message)
        if not later:
            self._rerun.later(touchpoint.received_at, lambda: self._rerun.happen(touchpoint))
            return
        at = max(touchpoint.received_at + later, self._rerun.now)
        moved = replace(
            touchpoint, occurred_at=min(touchpoint.occurred_at + later, at), received_at=at
        )
        self._rerun.later(at, lambda: self._rerun.happen(moved))
