"""What one touchpoint teaches of a lead, and what time itself has brought about before it.

A profile stands concluded up to some instant and names the next at which that may differ. What the
clock changed since is concluded first, at its own instants and in order, with what was known
then; only then the touchpoint is remembered, and what rests on the facts it changed is concluded
again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from coldframe.domain import referral
from coldframe.domain.instants import text_of
from coldframe.domain.keeping import ends_of, without_old
from coldframe.domain.knowing.asking import differences
from coldframe.domain.knowing.concluding import concluded
from coldframe.domain.knowing.dates import date_needs, entering
from coldframe.domain.knowing.standing import Standing
from coldframe.domain.merging import joined
from coldframe.domain.profile import Profile, as_test, remember
from coldframe.domain.touchpoint import (
    ALERT_RAISED,
    SEGMENT_ENTERED,
    SEGMENT_LEFT,
    TICK,
    Touchpoint,
    record,
)

if TYPE_CHECKING:
    from coldframe.domain.playbook import DateEntry, Reactions

MOST_AT_ONCE: Final = 100
"""So many instants are caught up with before the sweep has to come again."""
_JUST: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    profile: Profile | None
    derived: tuple[Touchpoint, ...] = ()
    """Segments entered and left, alerts that are raised."""
    entered: "tuple[tuple[DateEntry, datetime], ...]" = ()
    """Journeys that a date has come for."""


def learn(
    profile: Profile | None, touchpoint: Touchpoint, reactions: "Reactions", *, rules: Iterable[str]
) -> Learned:
    """The very same profile when the touchpoint and the time up to it change nothing."""
    lesson = _Lesson(cause=touchpoint, reactions=reactions)
    now = touchpoint.received_at
    current = profile
    if current is not None and reactions.concludes:
        current = lesson.caught_up(current, now)
    if touchpoint.kind != TICK:
        sets = reactions.sets.get(touchpoint.kind, ())
        known = remember(current, touchpoint, rules=rules, memory=reactions.memory, sets=sets)
        known = without_old(known, reactions.keep, now)
        if reactions.referrals:
            known = referral.learned(known, touchpoint, before=current)
        current = lesson.concluded(current, known, now) if reactions.concludes else known
    return Learned(
        profile=current and as_test(current, reactions.testers),
        derived=tuple(lesson.derived),
        entered=tuple(lesson.entered),
    )


def learn_of_another(
    profile: Profile, other: Profile, cause: Touchpoint, reactions: "Reactions"
) -> Learned:
    """Two identities are one person: what only both together enter or leave is told."""
    lesson, now = _Lesson(cause=cause, reactions=reactions), cause.received_at
    if not reactions.concludes:
        both = joined(profile, other, reactions.memory)
        return Learned(profile=without_old(both, reactions.keep, now))
    silent = _Lesson(cause=cause, reactions=reactions)
    both = joined(lesson.caught_up(profile, now), silent.caught_up(other, now), reactions.memory)
    both = lesson.concluded(None, without_old(both, reactions.keep, now), now)
    return Learned(profile=both, derived=tuple(lesson.derived), entered=tuple(lesson.entered))


def anew(profile: Profile, reactions: "Reactions", now: datetime) -> Profile:
    """By other definitions than it was concluded by: nothing is entered or left, nobody told.

    Concluded just before what is overdue: that still happens, at its own instant.
    """
    due_at = profile.standing.due_at
    at = min(now, due_at - _JUST) if due_at else now
    at = max(filter(None, (profile.standing.at, at)))
    standing = concluded(profile, reactions.knowing, now=at)
    return replace(profile, standing=_with_dates(profile, standing, reactions))


@dataclass(slots=True, kw_only=True)
class _Lesson:
    cause: Touchpoint
    reactions: "Reactions"
    derived: list[Touchpoint] = field(default_factory=list)
    entered: "list[tuple[DateEntry, datetime]]" = field(default_factory=list)

    def caught_up(self, profile: Profile, until: datetime) -> Profile:
        for _ in range(MOST_AT_ONCE):
            due_at = profile.standing.due_at
            if due_at is None or due_at > until:
                break
            kept = without_old(profile, self.reactions.keep, due_at)
            profile = self._at(profile, kept, due_at, changed=None)
        return profile

    def concluded(self, before: Profile | None, after: Profile, now: datetime) -> Profile:
        if before is None:
            return self._at(after, after, now, changed=None)
        if after is before:
            return before
        changed = differences(before, after)
        if changed.isdisjoint(self.reactions.needs):
            return after
        return self._at(before, after, now, changed=changed)

    def _at(
        self, before: Profile, after: Profile, now: datetime, *, changed: frozenset[str] | None
    ) -> Profile:
        """Concluded at ``now``, but never at an earlier instant than before."""
        standing = before.standing
        now = max(filter(None, (standing.at, now)))
        drawn = concluded(after, self.reactions.knowing, now=now, changed=changed)
        self._tell(standing, drawn, now)
        self._dates(before, now)
        return replace(after, standing=_with_dates(after, drawn, self.reactions))

    def _tell(self, before: Standing, after: Standing, now: datetime) -> None:
        for segment in self.reactions.knowing.segments:
            was, is_in = segment.name in before.segments, segment.name in after.segments
            if was is not is_in:
                kind = SEGMENT_ENTERED if is_in else SEGMENT_LEFT
                self._derive(kind, {"segment": segment.name}, now)
        for alert in sorted(after.alerted - before.alerted):
            self._derive(ALERT_RAISED, {"alert": alert}, now)

    def _derive(self, kind: str, data: dict[str, str], at: datetime) -> None:
        """Named after its cause, so that whoever repeats it derives the same."""
        (subject,) = data.values()
        derived = record(
            lead=self.cause.lead,
            kind=kind,
            source="react",
            received_at=max(at, self.cause.received_at),
            occurred_at=at,
            data=data,
            own_id=f"{self.cause.id}/{subject}@{text_of(at)}",
            depth=self.cause.depth + 1,
        )
        self.derived.append(derived)

    def _dates(self, before: Profile, now: datetime) -> None:
        since = before.standing.at
        if since is None:
            return
        zone = self.reactions.knowing.zone
        self.entered += [
            (entry, at)
            for entry, at in entering(before, self.reactions.dates, zone)
            if since < at <= now
        ]


def _with_dates(profile: Profile, standing: Standing, reactions: "Reactions") -> Standing:
    """The dates to come are due instants as well."""
    ahead = _ahead(profile, standing.at, reactions)
    due_at = min(filter(None, (standing.due_at, *ahead)), default=None)
    return replace(standing, due_at=due_at)


def _ahead(profile: Profile, since: datetime | None, reactions: "Reactions") -> Iterator[datetime]:
    for _, at in entering(profile, reactions.dates, reactions.knowing.zone):
        if since is None or at > since:
            yield at
    yield from ends_of(profile, reactions.keep)


def needs_of(reactions: "Reactions") -> frozenset[str]:
    """All facts that some conclusion or date rests on."""
    needs = {need for each in reactions.knowing.conclusions() for need in each.needs}
    return frozenset(needs | set(date_needs(reactions.dates)))
