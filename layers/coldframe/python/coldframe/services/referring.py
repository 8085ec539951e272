"""A referral is judged once, under who made it: it counts, or it leaves no trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.erasure import is_dropped
from coldframe.domain.referral import counts, ended

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports.leads import ReferralTouchpoints
    from coldframe.services.ports.visits import Visitors


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralJudging:
    touchpoints: ReferralTouchpoints
    visitors: Visitors

    def __call__(self, made: Touchpoint, referrer: Profile | None) -> bool:
        """Whether to go on with it. If not, the new lead is told first: who dies in between comes
        by again."""
        if referrer and not is_dropped(referrer, made) and self._counts(made, referrer):
            return True
        self.touchpoints.append(ended(made))
        self.touchpoints.forget_referrer(str(made.data["lead"]), str(made.data["post"]))
        self.touchpoints.forget(made)
        return False

    def _counts(self, made: Touchpoint, referrer: Profile) -> bool:
        """Not from a browser that is known to be the referrer's own."""
        visitor = made.data.get("visitor")
        known = self.visitors.identified(str(visitor)) if visitor else None
        own = known and known.lead in {referrer.lead, *referrer.aliases}
        return not own and counts(made, referrer)
