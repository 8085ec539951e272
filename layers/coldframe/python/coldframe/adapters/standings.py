"""What a profile remembers and concludes, as attributes of its item."""

from collections.abc import Mapping
from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import shard_of
from coldframe.domain.knowing.points import Given
from coldframe.domain.knowing.standing import Held, Reached, Standing
from coldframe.domain.profile import Profile
from coldframe.domain.purchases import Bought
from coldframe.domain.referral import Made, Referring
from coldframe.domain.sources import Came, Touch
from coldframe.domain.told import Known

Stored = Mapping[str, Any]


def learned_in(item: Item) -> dict[str, Any]:
    """The parts of a profile that this module stores; a lead of older times has none."""
    return {
        "last_seen": instant_or_none(item.get("last_seen")),
        "browser": {
            name: Known(value=value, at=instant(at), by=by)
            for name, (value, at, by) in item.get("browser", {}).items()
        },
        "purchases": {
            touchpoint: Bought(minor=minor, currency=currency, at=instant(at))
            for touchpoint, (minor, currency, at) in item.get("purchases", {}).items()
        },
        **{name: _came(item.get(name)) for name in ("came_first", "came_last")},
        "referring": _referring_in(item.get("referring", {})),
        "memory": {
            key: tuple((instant(at), touchpoint) for at, touchpoint in kept)
            for key, kept in item.get("memory", {}).items()
        },
        "given": {
            touchpoint: Given(points=gift["points"], at=instant(gift["at"]), why=gift["why"])
            for touchpoint, gift in item.get("given", {}).items()
        },
        "standing": _standing(item.get("standing", {}), item),
    }


def _standing(stored: Stored, item: Item) -> Standing:
    return Standing(
        at=instant_or_none(stored.get("at")),
        version=stored.get("version", ""),
        due_at=instant_or_none(item.get("due_at")),
        segments={name: instant(since) for name, since in stored.get("segments", {}).items()},
        held={
            field: Held(value=value, since=instant(since))
            for field, (value, since) in stored.get("held", {}).items()
        },
        reached={
            name: Reached(at=instant(at), why=why)
            for name, (at, why) in stored.get("reached", {}).items()
        },
        alerted=frozenset(stored.get("alerted", ())),
    )


def learned(profile: Profile) -> dict[str, Any]:
    """Attributes to store; what is empty is left out."""
    standing = profile.standing
    due = {"due_shard": shard_of(f"L#{profile.lead}", "due"), "due_at": standing.due_at}
    return {
        "last_seen": profile.last_seen,
        "memory": dict(profile.memory) or None,
        "given": {
            touchpoint: {"points": gift.points, "at": gift.at, "why": gift.why}
            for touchpoint, gift in profile.given.items()
        }
        or None,
        "browser": {name: (each.value, each.at, each.by) for name, each in profile.browser.items()}
        or None,
        "purchases": {
            touchpoint: (each.minor, each.currency, each.at)
            for touchpoint, each in profile.purchases.items()
        }
        or None,
        "came_first": _kept(profile.came_first),
        "came_last": _kept(profile.came_last),
        "referring": _referring(profile.referring),
        "standing": _stored(standing) if standing.at else None,
        **(due if standing.due_at else {}),
    }


def _came(held: Stored | None) -> Came | None:
    if not held:
        return None
    told = dict(held)
    at, by = instant(told.pop("at")), told.pop("by")
    return Came(touch=Touch(**told), at=at, by=by)


def _kept(came: Came | None) -> dict[str, Any] | None:
    return {**came.touch.data(), "at": came.at, "by": came.by} if came else None


def _referring_in(held: Stored) -> Referring:
    made = {
        key: Made(lead=lead, at=instant(at), by=by)
        for key, (lead, at, by) in held.get("made", {}).items()
    }
    return Referring(**{**held, "at": instant_or_none(held.get("at")), "made": made})


def _referring(told: Referring) -> dict[str, Any] | None:
    made = {key: (each.lead, each.at, each.by) for key, each in told.made.items()}
    parts = {
        "at": told.at,
        "by": told.by,
        "referrer": told.referrer,
        "confirm": told.confirm,
        "said": dict(told.said),
        "over": told.over,
        "made": made,
    }
    return {name: value for name, value in parts.items() if value} or None


def _stored(standing: Standing) -> dict[str, Any]:
    parts = {
        "at": standing.at,
        "version": standing.version,
        "segments": standing.segments,
        "held": {field: (held.value, held.since) for field, held in standing.held.items()},
        "reached": {name: (each.at, each.why) for name, each in standing.reached.items()},
        "alerted": sorted(standing.alerted),
    }
    return {name: value for name, value in parts.items() if value}
