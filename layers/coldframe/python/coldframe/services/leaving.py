"""An enrolment ends at a step of its own; what follows that ending is asked for first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.derived import journey_requested
from coldframe.domain.enrolment import EndReason, Stand
from coldframe.domain.splitting import held_out
from coldframe.services.steps import Standing

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Touchpoints

NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    enrolments: Enrolments
    touchpoints: Touchpoints
    clock: Clock

    def __call__(self, at: Standing, reason: str, *, because: str = "") -> None:
        """What follows the way's end (`completed`) is a step before it, and none of our business.

        Asked for before the enrolment is closed: closed, nobody would come here again.
        """
        now, enrolment = self.clock.now(), at.enrolment
        then = at.journey.at_end.get(reason, NOTHING)
        held = held_out(at.step, journey=at.journey, lead=enrolment.lead)
        follows = then not in ("", NOTHING) and reason != EndReason.COMPLETED and not held
        if follows or because:
            stand = Stand(step=at.step.id, at=now, because=because)
            enrolment = self.enrolments.stand(enrolment, stand)
        if follows:
            ended = enrolment.because[at.step.id].at if because else enrolment.since
            asked = journey_requested(enrolment, then, own=f"end:{reason}", at=ended, now=now)
            self.touchpoints.append(asked)
        self.enrolments.close(enrolment, reason, now)
