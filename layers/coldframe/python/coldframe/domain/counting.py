"""What is counted with a profile, in its own transaction: once, or not at all."""

from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint
from coldframe.domain.velocity import RELEASED, Pace, paces_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    paces: tuple[Pace, ...] = ()
    newcomer_at: datetime | None = None
    """When a lead came that nobody knew before."""


NOTHING = Counting()


def counting_of(before: Profile | None, touchpoint: Touchpoint) -> Counting:
    """History that is told again counts for nothing."""
    if touchpoint.kind != FORM_SUBMITTED or touchpoint.history or touchpoint.data.get(RELEASED):
        return NOTHING
    return Counting(
        paces=tuple(paces_of(touchpoint)),
        newcomer_at=touchpoint.received_at if before is None else None,
    )
