"""What a file tells of a lead: learned in silence, by the order of time, never by the erased."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from coldframe.domain.erasure import is_gone
from coldframe.domain.instants import text_of
from coldframe.domain.knowing.learning import anew
from coldframe.domain.profile import Profile, as_test, remember
from coldframe.domain.touchpoint import LEAD_IMPORTED, Touchpoint, content_of, record

if TYPE_CHECKING:
    from coldframe.domain.gate import Gate
    from coldframe.domain.playbook import Reactions

SOURCE = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenElsewhere:
    """A consent that a file states; without one of these it would be worth nothing."""

    basis: str
    text: str
    at: datetime
    source: str
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedLead:
    """One row, checked: ``fields`` hold the address too, and nothing that is empty."""

    lead: str
    address: str
    as_of: datetime
    """When this was true: a value that is known from later stays."""
    fields: Mapping[str, str]
    consents: Mapping[str, GivenElsewhere] = field(default_factory=dict)
    unsubscribed: bool = False
    line: int = 0


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ERASED = "erased"
    """The lead had everything deleted; a file brings nobody back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a row would do, and why it may not be mailed all the same."""

    verdict: Verdict
    changes: tuple[str, ...] = ()
    """Fields, `consent:<topic>`, `unsubscribed`."""
    held: tuple[str, ...] = ()
    """Prohibitions that stand, and stay."""
    topics: tuple[str, ...] = ()
    """What the lead consents to, with the row taken in."""


def touchpoint_of(row: ImportedLead, *, name: str, now: datetime) -> Touchpoint:
    """The same for the same row of a file about the same day, whenever it is imported."""
    said = _said(row)
    return record(
        lead=row.lead,
        kind=LEAD_IMPORTED,
        source=f"{SOURCE}:{name}",
        received_at=now,
        occurred_at=row.as_of,
        data=said,
        own_id=content_of({**said, "as_of": text_of(row.as_of)}),
    )


def _said(row: ImportedLead) -> dict[str, Any]:
    said: dict[str, Any] = {"address": row.address, "fields": dict(row.fields)}
    if row.consents:
        given = row.consents.items()
        said |= {
            "consents": {topic: each.text for topic, each in given},
            "consented_at": {topic: text_of(each.at) for topic, each in given},
            "bases": {topic: each.basis for topic, each in given},
            "consent_sources": {topic: each.source for topic, each in given},
            "proofs": {topic: each.proof for topic, each in given},
        }
    return {**said, "unsubscribed": True} if row.unsubscribed else said


def taken_in(
    profile: Profile | None, touchpoint: Touchpoint, reactions: "Reactions"
) -> Profile | None:
    """Nothing is entered or left by it, and nobody told; the same object when it changes nothing.

    None: it tells nothing of anybody.
    """
    known = remember(profile, touchpoint, rules=(), memory=reactions.memory)
    if known is profile:
        return profile
    return anew(as_test(known, reactions.testers), reactions, touchpoint.received_at)


def is_erased(profile: Profile | None, gate: "Gate", as_of: datetime) -> bool:
    """Gone, about to go, or come anew: then what a file knew before the erasure stays deleted."""
    if gate.erased_at is not None:
        return True
    if profile is None or profile.erased_at is None:
        return False
    return is_gone(profile) or as_of <= profile.erased_at


def judged(before: Profile | None, after: Profile | None, gate: "Gate") -> Judged:
    """``after``: with the row taken in."""
    changes = tuple(_changes(before, after)) if after else ()
    held = tuple(name for name, at in _prohibitions(gate).items() if at)
    verdict = Verdict.NEW if before is None else Verdict.CHANGED
    return Judged(
        verdict=verdict if changes else Verdict.UNCHANGED,
        changes=changes,
        held=held,
        topics=tuple(after.consents) if after else (),
    )


def _prohibitions(gate: "Gate") -> dict[str, datetime | None]:
    return {
        "unsubscribed": gate.unsubscribed_at,
        "complained": gate.complained_at,
        "bounced": gate.bounced_at,
    }


def _changes(before: Profile | None, after: Profile) -> list[str]:
    """An instant alone is no news: the same value, known from a later day, isn't written."""
    known = before.fields if before else {}
    changed = [
        name
        for name, said in after.fields.items()
        if name not in known or known[name].value != said.value
    ]
    agreed = before.consents if before else {}
    changed += [f"consent:{topic}" for topic in after.consents if topic not in agreed]
    withdrawn = before.withdrawn if before else {}
    ended = after.withdrawn.keys() - withdrawn.keys() or agreed.keys() - after.consents.keys()
    return [*changed, *(["unsubscribed"] if ended else [])]
