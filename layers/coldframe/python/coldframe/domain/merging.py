"""Two identities become one person: which survives, what is known of it, what stays behind."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from coldframe.domain import referral
from coldframe.domain.address_change import address_now, joined_changes, joined_offers
from coldframe.domain.company import later as later_news
from coldframe.domain.conditions.memory import Memory
from coldframe.domain.conditions.nodes import MemoryRule
from coldframe.domain.consent import Withdrawn, standing_of
from coldframe.domain.erasure import is_gone
from coldframe.domain.instants import text_of
from coldframe.domain.knowing.points import GIVEN_KEPT
from coldframe.domain.knowing.standing import Standing
from coldframe.domain.profile import SEEN_KEPT, TOLD_OF, Profile, Seen
from coldframe.domain.purchases import newest
from coldframe.domain.sources import joined_first, joined_last
from coldframe.domain.told import later, later_of_each
from coldframe.domain.touchpoint import (
    COMPANY_CHANGED,
    EMAIL_OPENED,
    IDENTITY_LINKED,
    LINK_FOLLOWED,
    TICK,
    Touchpoint,
    record,
)

MOST_IDENTITIES: Final = 20
"""So many make one person at most: more are a mistake, or a crowd behind one address."""
STAYS: Final = frozenset({TICK, LINK_FOLLOWED, EMAIL_OPENED, COMPANY_CHANGED}) | TOLD_OF
"""Kinds that are about what stays with an identity: its index entry, its mails, its segments."""


def linked(
    one: str,
    other: str,
    *,
    why: str,
    by: str,
    at: datetime,
    address: str = "",
    was: str = "",
    unreachable: bool = False,
    undoes: datetime | None = None,
    own_id: str = "",
) -> Touchpoint:
    """What asks for a merge, under ``one``: said again, it is one touchpoint.

    ``address``: the person is written to there from now on; ``was``: and no longer there, which
    may have been ``unreachable``. ``undoes``: by that, all changes since then are taken back.
    """
    told: dict[str, object] = {"address": address, "was": was} if address else {}
    told |= {"unreachable": True} if unreachable else {}
    told |= {"undoes": text_of(undoes)} if undoes else {}
    return record(
        lead=one,
        kind=IDENTITY_LINKED,
        source=by,
        received_at=at,
        data={"with": other, "why": why, "by": by, **told},
        own_id=own_id or f"{other} {why}",
    )


def elder_first(one: Profile, other: Profile) -> tuple[Profile, Profile]:
    """The survivor and the other: the older, then the smaller id. Who is gone survives nobody."""
    ranked = sorted((one, other), key=lambda each: (is_gone(each), each.created_at, each.lead))
    return ranked[0], ranked[1]


def moved(touchpoint: Touchpoint, survivor: str, *, history: bool) -> Touchpoint:
    """The same under the survivor, same id, with its origin."""
    origin = touchpoint.origin or touchpoint.lead
    history = history or touchpoint.history
    return replace(touchpoint, lead=survivor, origin=origin, history=history)


def mark(loser: Profile, survivor: str, at: datetime) -> Profile:
    """All that is left of a moved identity's profile; what was erased before stays so."""
    return Profile(
        lead=loser.lead,
        address="",
        created_at=loser.created_at,
        erased_at=loser.erased_at,
        moved_to=survivor,
        moved_at=at,
        revision=loser.revision + 1,
    )


def joined(survivor: Profile, loser: Profile, rules: Iterable[MemoryRule]) -> Profile:
    """As if all that either did had been one lead's: what is kept of a set, kept of the union.

    Segments and alerts are those of both, so that nobody enters what one of them was in.
    """
    withdrawn = _latest(survivor.withdrawn, loser.withdrawn)
    aliases = {*survivor.aliases, loser.lead, *loser.aliases}
    changes = joined_changes(survivor.changes, loser.changes)
    return replace(
        survivor,
        address=address_now(changes) or survivor.address or loser.address,
        offered=later(survivor.offered, loser.offered) if loser.offered else survivor.offered,
        offers=joined_offers(survivor.offers, loser.offers),
        changes=changes,
        colleagues=later_news(survivor.colleagues, loser.colleagues),
        created_at=min(survivor.created_at, loser.created_at),
        fields=later_of_each(survivor.fields, loser.fields),
        consents=standing_of((survivor.consents, loser.consents), withdrawn),
        withdrawn=withdrawn,
        seen=_seen(survivor.seen, loser.seen),
        last_seen=max(filter(None, (survivor.last_seen, loser.last_seen)), default=None),
        memory=_memory(survivor.memory, loser.memory, rules),
        given=_newest_gifts({**survivor.given, **loser.given}),
        browser=later_of_each(survivor.browser, loser.browser),
        purchases=newest({**survivor.purchases, **loser.purchases}),
        came_first=joined_first(survivor.came_first, loser.came_first),
        came_last=joined_last(survivor.came_last, loser.came_last),
        referring=referral.joined(survivor, loser),
        standing=_standing(survivor.standing, loser.standing),
        aliases=tuple(sorted(aliases)),
    )


def _latest(one: Withdrawn, other: Withdrawn) -> dict[str, datetime]:
    return {**one, **{topic: max(at, one.get(topic, at)) for topic, at in other.items()}}


def _seen(one: Mapping[str, Seen], other: Mapping[str, Seen]) -> dict[str, Seen]:
    return {
        name: tuple(sorted({*one.get(name, ()), *other.get(name, ())}, reverse=True)[:SEEN_KEPT])
        for name in {**one, **other}
    }


def _memory(one: Memory, other: Memory, rules: Iterable[MemoryRule]) -> Memory:
    """By each rule the newest (or the very first) of both; what no rule asks for is forgotten."""
    found = {}
    for rule in rules:
        settle = min if rule.first else max
        known: dict[str, datetime] = {}
        for at, own_id in (*one.get(rule.key, ()), *other.get(rule.key, ())):
            known[own_id] = settle(at, known.get(own_id, at))
        ordered = sorted(((at, own_id) for own_id, at in known.items()), reverse=True)
        kept = ordered[-rule.keep :] if rule.first else ordered[: rule.keep]
        if kept:
            found[rule.key] = tuple(kept)
    return found


def _newest_gifts(given: Mapping[str, Any]) -> dict[str, Any]:
    ordered = sorted(given.items(), key=lambda each: (each[1].at, each[0]))
    return dict(ordered[-GIVEN_KEPT:])


def _standing(one: Standing, other: Standing) -> Standing:
    segments = {**one.segments}
    for name, since in other.segments.items():
        segments[name] = min(since, segments.get(name, since))
    reached = {**one.reached}
    for name, each in other.reached.items():
        if name not in reached or each.at < reached[name].at:
            reached[name] = each
    return replace(
        one,
        at=max(filter(None, (one.at, other.at)), default=None),
        due_at=min(filter(None, (one.due_at, other.due_at)), default=None),
        segments=segments,
        held={**other.held, **one.held},
        reached=reached,
        alerted=one.alerted | other.alerted,
    )
