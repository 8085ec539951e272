"""Values whose time is over leave the touchpoints that told them, before the profile forgets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from coldframe.domain.keeping import lost, outlived

if TYPE_CHECKING:
    from coldframe.domain.playbook import Reactions
    from coldframe.domain.profile import Profile
    from coldframe.services.ports import Touchpoints

EVER: Final = datetime(2000, 1, 1, tzinfo=UTC)


def scrub(
    touchpoints: Touchpoints,
    before: Profile | None,
    after: Profile,
    reactions: Reactions,
    now: datetime,
) -> None:
    """Of all identities of who forgets something; whoever dies in between comes by again."""
    if before is None or not lost(before, after, reactions, now):
        return
    for lead in dict.fromkeys((before.lead, *before.aliases, *after.aliases)):
        for each, fields in outlived(touchpoints.since(lead, EVER), reactions.keep, now):
            touchpoints.scrub(each, fields)
