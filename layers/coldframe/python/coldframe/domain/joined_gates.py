"""What forbids or counts mail to one of two identities forbids or counts it to the person."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from coldframe.domain.caps import joined_tallies
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.preferences import Preferences

OF_THE_PERSON: Final = (
    Prohibition.UNSUBSCRIBED,
    Prohibition.COMPLAINED,
    Prohibition.WITH_SALES,
)
"""A bounce belongs to the address that was mailed, an erasure to who was there before."""


def joined_gates(survivor: Gate, loser: Gate) -> Gate:
    """The stricter of each; mails to either were mails to the person."""
    flags: dict[str, Any] = {}
    lifted, reasons = dict(survivor.lifted), dict(survivor.reasons)
    for each in OF_THE_PERSON:
        flags[f"{each}_at"], ended = _stricter(survivor, loser, each)
        lifted.pop(each.value, None)
        if ended:
            lifted[each.value] = ended
        if each.value in loser.reasons and not getattr(survivor, f"{each}_at"):
            reasons[each.value] = loser.reasons[each.value]
    return replace(
        survivor,
        **flags,
        lifted=lifted,
        reasons=reasons,
        held_until=max(filter(None, (survivor.held_until, loser.held_until)), default=None),
        preferences=_preferences(survivor.preferences, loser.preferences),
        mails=tuple(sorted((*survivor.mails, *loser.mails))),
        tallies=joined_tallies(survivor.tallies, loser.tallies),
        requested=tuple(sorted((*survivor.requested, *loser.requested))),
        aliases=tuple(sorted({*survivor.aliases, loser.lead, *loser.aliases})),
    )


def _stricter(one: Gate, other: Gate, what: Prohibition) -> tuple[datetime | None, datetime | None]:
    """When it was said last, and up to when lifted: it stands if it stands with either."""
    said = max(filter(None, (getattr(each, f"{what}_at") for each in (one, other))), default=None)
    ends = [each.lifted[what.value] for each in (one, other) if what.value in each.lifted]
    return said, max((end for end in ends if said is None or end < said), default=None)


def _preferences(one: Preferences | None, other: Preferences | None) -> Preferences | None:
    """All that either switched off, the longer pause, the fewer mails."""
    if one is None or other is None:
        return one or other
    wishes = [each.a_week for each in (one, other) if each.a_week is not None]
    pauses = filter(None, (one.paused_until, other.paused_until))
    return Preferences(
        at=max(one.at, other.at),
        off=tuple(sorted({*one.off, *other.off})),
        paused_until=max(pauses, default=None),
        a_week=min(wishes, default=None),
        channels_off=tuple(sorted({*one.channels_off, *other.channels_off})),
    )
