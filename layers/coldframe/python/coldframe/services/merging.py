"""Two identities become one person: in one transaction, or not yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.drawing import EVERY_JOURNEY, enrolment
from coldframe.domain.erasure import is_gone, numbered_anew
from coldframe.domain.errors import TooManyIdentities
from coldframe.domain.identity import Identity
from coldframe.domain.instants import milliseconds
from coldframe.domain.knowing.learning import learn_of_another
from coldframe.domain.knowing.relearning import outdated, relearned
from coldframe.domain.merging import MOST_IDENTITIES, STAYS, elder_first, mark, moved
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.ports.identities import Merge
from coldframe.services.scrubbing import EVER, scrub

if TYPE_CHECKING:
    from coldframe.domain.playbook import Reactions
    from coldframe.services.ports import Clock, Playbook, Profiles, Touchpoints
    from coldframe.services.ports.due import Alarm
    from coldframe.services.ports.identities import Identities


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    touchpoints: Touchpoints
    profiles: Profiles
    identities: Identities
    playbook: Playbook
    alarm: Alarm
    clock: Clock

    def __call__(self, cause: Touchpoint) -> None:
        """Both are who their marks say they are by now; StaleLead when that changed meanwhile.

        An identity that nobody has heard of is marked, so that what it does later is found. Done
        again, it only sees to it that the rest follows.
        """
        one, other = self._person(cause.lead), self._person(str(cause.data["with"]))
        if one is None or is_gone(one):
            return
        if other is None:
            self._merge(cause, one, None, str(cause.data["with"]))
        elif one.lead != other.lead:
            survivor, loser = elder_first(one, other)
            self._merge(cause, survivor, loser, loser.lead)
        self._go_on(one.lead, cause)

    def follow(self, touchpoint: Touchpoint, survivor: str) -> Touchpoint | None:
        """What a moved identity did is appended under the person. What comes back was there
        already, as its history, but nobody has reacted to it: it is to be reacted to now."""
        if touchpoint.kind in STAYS:
            return None
        known = self.identities.was_reacted_to(touchpoint.lead, touchpoint.id)
        copy = moved(touchpoint, survivor, history=known)
        is_new = self.touchpoints.append(copy)
        return None if is_new or copy.history else copy

    def _person(self, lead: str) -> Profile | None:
        found = self.profiles.own(lead)
        while found is not None and found.moved_to:
            found = self.profiles.own(found.moved_to)
        return found

    def _merge(self, cause: Touchpoint, survivor: Profile, loser: Profile | None, of: str) -> None:
        now = milliseconds(self.clock.now())
        nobody = Profile(lead=of, address="", created_at=now)
        reactions = self.playbook.reactions()
        cause = replace(cause, lead=survivor.lead)
        learned = learn_of_another(
            self._current(survivor, reactions, now),
            self._current(loser, reactions, now) if loser else nobody,
            cause,
            reactions,
        )
        after = learned.profile or survivor
        if len(after.aliases) >= MOST_IDENTITIES:
            raise TooManyIdentities(survivor.lead)
        for each in filter(None, (survivor, loser)):
            scrub(self.touchpoints, each, after, reactions, now)
        entered = (new for each, at in learned.entered for new in enrolment(each, after, cause, at))
        self.identities.merge(
            Merge(
                survivor=survivor,
                after=after,
                identity=Identity(
                    person=survivor.lead,
                    id=of,
                    address=(loser.address if loser else "") or str(cause.data.get("address", "")),
                    at=now,
                    why=str(cause.data.get("why", "")),
                    by=str(cause.data.get("by", "")),
                    due_at=now,
                ),
                loser=loser,
                mark=mark(loser or nobody, survivor.lead, now),
                decisions=(_join(cause, of), *numbered_anew(entered, after)),
                derived=learned.derived,
            )
        )

    def _current(self, profile: Profile, reactions: Reactions, now: datetime) -> Profile:
        if not outdated(profile, reactions):
            return profile
        everything = self.touchpoints.since(profile.lead, EVER)
        return relearned(profile, everything, reactions, now)

    def _go_on(self, lead: str, cause: Touchpoint) -> None:
        """Also when the merge was done before: who did it may have gone no further."""
        found = self._person(lead)
        person = found.lead if found else lead
        if cause.data.get("address"):
            self.identities.write_to(person, since=cause.occurred_at)
        for each in self.identities.of(person):
            if each.due_at:
                self.alarm.arm(each.due_at)


def _join(cause: Touchpoint, loser: str) -> Decision:
    return Decision(
        lead=cause.lead,
        id=f"{cause.id}#{DecisionKind.JOIN}#{loser}",
        kind=DecisionKind.JOIN,
        cause=cause.id,
        at=cause.occurred_at,
        journey=EVERY_JOURNEY,
        data={"moved": loser},
    )
