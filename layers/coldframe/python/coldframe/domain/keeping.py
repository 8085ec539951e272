"""Values are kept as long as their field says, after they were last said; then they are gone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.profile import Profile
from coldframe.domain.told import TELLING, Known
from coldframe.domain.touchpoint import Touchpoint

if TYPE_CHECKING:
    from coldframe.domain.playbook import Reactions

Keep = Mapping[str, int]
"""Field → seconds; one that isn't named is kept as long as the lead."""


def without_old(profile: Profile, keep: Keep, now: datetime) -> Profile:
    """The very same when nothing has to go."""
    old = {name for name, end in _ends(profile.fields, keep) if end <= now}
    if not old:
        return profile
    kept = {name: known for name, known in profile.fields.items() if name not in old}
    return replace(profile, fields=kept)


def ends_of(profile: Profile, keep: Keep) -> Iterator[datetime]:
    """When something will have to go."""
    return (end for _, end in _ends(profile.fields, keep))


def outlived(
    touchpoints: Iterable[Touchpoint], keep: Keep, now: datetime
) -> Iterator[tuple[Touchpoint, tuple[str, ...]]]:
    """Touchpoints that tell values which are to be kept no longer, and of which fields."""
    for each in touchpoints:
        told = each.data.get("fields") if each.kind in TELLING else None
        known = {name: Known(value="", at=each.occurred_at, by=each.id) for name in told or ()}
        if old := tuple(name for name, end in _ends(known, keep) if end <= now):
            yield each, old


def lost(before: Profile | None, after: Profile, reactions: "Reactions", now: datetime) -> bool:
    """Whether a value went between the two because its time was over."""
    if before is None or not reactions.keep:
        return False
    return any(
        end <= now and name not in after.fields
        for name, end in _ends(before.fields, reactions.keep)
    )


def _ends(fields: Mapping[str, Known], keep: Keep) -> Iterator[tuple[str, datetime]]:
    for name, seconds in keep.items():
        if known := fields.get(name):
            yield name, known.at + timedelta(seconds=seconds)
