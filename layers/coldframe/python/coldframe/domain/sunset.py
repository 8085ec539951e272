"""Whom we decided to write to no more, and how such a lead comes back: by itself.

Drawn from what the profile remembers, so that order and repeats make no difference.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from coldframe.domain.touchpoint import FORM_SUBMITTED, MARKETING_STOPPED

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

SUNSET: Final = "sunset"
"""Why no marketing goes to the lead."""


def sunset_at(profile: "Profile") -> datetime | None:
    """Since when; None: we write to it, or it has filled in a form or agreed to a topic since."""
    stopped = _newest(profile, MARKETING_STOPPED)
    if stopped is None:
        return None
    agreed = [consent.at for consent in profile.consents.values()]
    back = max(filter(None, (_newest(profile, FORM_SUBMITTED), *agreed)), default=None)
    return None if back and back > stopped else stopped


def _newest(profile: "Profile", kind: str) -> datetime | None:
    seen = profile.seen.get(kind, ())
    return seen[0][0] if seen else None
