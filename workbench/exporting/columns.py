"""What an export tells of each lead: columns that our own import reads back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from coldframe.domain.consent import Consent
from coldframe.domain.gate import Gate
from coldframe.domain.instants import text_of
from coldframe.domain.knowing.explaining import explain
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.profile import Profile
from infra.playbook.compiled import CompiledClient
from workbench.importing.columns import targets

PERSON: Final = ("lead_id", "email")
STANDING: Final = ("score", "fit", "engagement", "tier", "lifecycle", "status", "stage")
HISTORY: Final = ("created_at", "last_seen")
HELD: Final = ("unsubscribed", "unsubscribed_at", "bounced_at", "complained_at")
SEGMENTS: Final = "segments"
CONSENT: Final = ("basis", "at", "source", "proof", "text")
OURS: Final = "consent"
"""The basis of what was agreed to on our own forms."""


def columns(compiled: CompiledClient, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """All of them, or those that are chosen, behind who the lead is."""
    fields = tuple(name for name in targets(compiled.fields) if name not in PERSON)
    consents = tuple(
        f"{OURS}.{topic}.{part}" for topic in compiled.client.topics for part in CONSENT
    )
    known = (*PERSON, *fields, *consents, *HELD, *HISTORY, *STANDING, SEGMENTS)
    return (*PERSON, *(name for name in known if name in chosen)) if chosen else known


def unknown(compiled: CompiledClient, chosen: Collection[str]) -> list[str]:
    return sorted(set(chosen) - set(columns(compiled)))


def values(
    profile: Profile, gate: Gate, knowing: Knowing, *, now: datetime, wanted: Sequence[str]
) -> dict[str, str]:
    """Column → text; what isn't known is empty."""
    told = {
        "lead_id": profile.lead,
        **{name: known.value for name, known in profile.fields.items()},
        "email": profile.address,
        **_consents(profile.consents),
        **_held(gate),
        "created_at": text_of(profile.created_at),
        "last_seen": text_of(profile.last_seen) if profile.last_seen else "",
        SEGMENTS: ", ".join(sorted(profile.standing.segments)),
        **_standing(profile, knowing, now),
    }
    return {name: told.get(name, "") for name in wanted}


def _consents(consents: Mapping[str, Consent]) -> dict[str, str]:
    """What proves one of ours is the touchpoint that it was given by."""
    found: dict[str, str] = {}
    for topic, given in consents.items():
        parts = (given.basis or OURS, text_of(given.at), given.source)
        told = (*parts, given.proof or given.by, given.text)
        found |= {f"{OURS}.{topic}.{part}": text for part, text in zip(CONSENT, told, strict=True)}
    return found


def _held(gate: Gate) -> dict[str, str]:
    at = {
        "unsubscribed_at": gate.unsubscribed_at,
        "bounced_at": gate.bounced_at,
        "complained_at": gate.complained_at,
    }
    told = {name: text_of(each) if each else "" for name, each in at.items()}
    return {"unsubscribed": "yes" if gate.unsubscribed_at else "", **told}


def _standing(profile: Profile, knowing: Knowing, now: datetime) -> dict[str, str]:
    found = explain(profile, knowing, now)
    points = {"score": found.score, "fit": found.fit, "engagement": found.engagement}
    placed = {each.about: each.name for each in found.placed if each.about in STANDING}
    return {name: f"{value:g}" for name, value in points.items()} | placed
