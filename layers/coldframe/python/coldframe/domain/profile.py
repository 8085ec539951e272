"""What we know of a lead: a function of the set of its touchpoints, whatever their order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint

SEEN_KEPT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A value with the touchpoint that said so; of two, the later (then the greater id) holds."""

    value: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Recorded permission for one topic: the words shown, when, where, and what proves it."""

    at: datetime
    by: str
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Written by `react` alone."""

    lead: str
    address: str
    created_at: datetime
    """The earliest touchpoint's instant."""
    fields: Mapping[str, Known] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    seen: Mapping[str, tuple[tuple[datetime, str], ...]] = field(default_factory=dict)
    """Kind, or rule (`enter:welcome`) → the newest touchpoints (instant, id), newest first, at most
    ``SEEN_KEPT``."""
    revision: int = 0


Dated = TypeVar("Dated", Known, Consent)
Seen = tuple[tuple[datetime, str], ...]


def remember(profile: Profile | None, touchpoint: Touchpoint, *, rules: Iterable[str]) -> Profile:
    """The profile with this touchpoint in its set; the same object when it changes nothing.

    ``rules``: the names of the rules that this touchpoint met, remembered as its kind is.
    """
    before = profile or Profile(lead=touchpoint.lead, address="", created_at=touchpoint.occurred_at)
    after = replace(
        before,
        address=before.address or str(touchpoint.data.get("address", "")),
        created_at=min(before.created_at, touchpoint.occurred_at),
        fields=_told(before.fields, touchpoint),
        consents=_agreed(before.consents, touchpoint),
        seen=_seen(before.seen, touchpoint, (touchpoint.kind, *rules)),
    )
    return profile if profile is not None and after == profile else after


def _told(fields: Mapping[str, Known], touchpoint: Touchpoint) -> dict[str, Known]:
    told = dict(fields)
    if touchpoint.kind == FORM_SUBMITTED:
        for name, value in touchpoint.data["fields"].items():
            said = Known(value=value, at=touchpoint.occurred_at, by=touchpoint.id)
            told[name] = _later(told.get(name), said)
    return told


def _agreed(consents: Mapping[str, Consent], touchpoint: Touchpoint) -> dict[str, Consent]:
    agreed = dict(consents)
    if touchpoint.kind == FORM_SUBMITTED:
        for topic, text in touchpoint.data["consents"].items():
            given = Consent(
                at=touchpoint.occurred_at, by=touchpoint.id, source=touchpoint.source, text=text
            )
            agreed[topic] = _later(agreed.get(topic), given)
    return agreed


def _later(one: Dated | None, other: Dated) -> Dated:
    return other if one is None or (other.at, other.by) > (one.at, one.by) else one


def _seen(
    seen: Mapping[str, Seen], touchpoint: Touchpoint, names: Iterable[str]
) -> dict[str, Seen]:
    mark = (touchpoint.occurred_at, touchpoint.id)
    newest = {
        name: tuple(sorted({*seen.get(name, ()), mark}, reverse=True)[:SEEN_KEPT]) for name in names
    }
    return {**seen, **newest}
