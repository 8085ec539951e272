"""What is known of a lead at a step of a journey: also what the journey itself told just before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain.journey import Journey
from coldframe.domain.journey_steps import GiveScore, SetFields, StopMarketing
from coldframe.domain.touchpoint import FIELDS_SET, MARKETING_STOPPED, SCORE_GIVEN

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile
    from coldframe.services.ports import Clock, Playbook, Profiles, Touchpoints

TOLD: Final = frozenset({FIELDS_SET, SCORE_GIVEN, MARKETING_STOPPED})
SURELY_KNOWN: Final = timedelta(hours=1)
"""The stream's reader is never that late without an alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLeads:
    profiles: Profiles
    touchpoints: Touchpoints
    playbook: Playbook
    clock: Clock

    def __call__(self, lead: str, journey: Journey) -> Profile | None:
        """Read consistently. What the profile's own writer hasn't come to yet is added here."""
        profile = self.profiles.get(lead)
        if profile is None or not _tells(journey):
            return profile
        return self._caught_up(profile)

    def _caught_up(self, profile: Profile) -> Profile:
        """Adding what is known already changes nothing."""
        from coldframe.domain.knowing.learning import learn

        reactions = self.playbook.reactions()
        told = self.touchpoints.since(profile.lead, self.clock.now() - SURELY_KNOWN)
        for each in sorted(told, key=lambda one: (one.occurred_at, one.id)):
            if each.kind in TOLD:
                profile = learn(profile, each, reactions, rules=()).profile or profile
        return profile


def _tells(journey: Journey) -> bool:
    telling = SetFields | GiveScore | StopMarketing
    return any(isinstance(each.action, telling) for each in journey.steps.values())
