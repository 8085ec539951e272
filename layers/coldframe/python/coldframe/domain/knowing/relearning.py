"""A lead learned anew, from all that it did, when a playbook asks for other things than before."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.conditions import memory as history
from coldframe.domain.conditions.memory import Memory
from coldframe.domain.knowing.learning import anew
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import Touchpoint

if TYPE_CHECKING:
    from coldframe.domain.playbook import Reactions


def outdated(profile: Profile, reactions: "Reactions") -> bool:
    return profile.standing.version != reactions.knowing.version


def relearned(
    profile: Profile,
    touchpoints: Iterable[Touchpoint],
    reactions: "Reactions",
    now: datetime,
) -> Profile:
    """``touchpoints``: those of the lead's that count, in any order."""
    memory: Memory = {}
    for touchpoint in touchpoints:
        memory = history.remember(memory, touchpoint, reactions.memory)
    return anew(replace(profile, memory=memory), reactions, now)
