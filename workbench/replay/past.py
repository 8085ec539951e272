"""A client's exported history: a header, and everything that one lead did and was decided on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from coldframe.domain.client_pause import Pause
from coldframe.domain.decision import Decision
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.gate import Gate
from coldframe.domain.knowing.explaining import explain
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.message import Message
from coldframe.domain.observation import Observation
from coldframe.domain.profile import Profile
from coldframe.domain.record import LeadRecord
from coldframe.domain.touchpoint import Touchpoint

KIND: Final = "coldframe history"
VERSION: Final = 1

Known: TypeAlias = Mapping[str, float | str | tuple[str, ...]]
"""`score`, `fit`, `engagement`, `tier`, `segments` …: what is concluded of a lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What the file doesn't hold as it was."""

    addresses: bool = False
    fields: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    """Of events."""
    kept: tuple[str, ...] = ()
    """Personal fields that are in it all the same, as conditions ask for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    client: str
    environment: str
    at: datetime
    where: str
    leads: int
    replaced: Replaced = field(default_factory=Replaced)
    pause: Pause | None = None
    kind: Literal["coldframe history"] = KIND
    version: int = VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One lead up to ``at``."""

    lead: str
    at: datetime
    gate: Gate
    known: Known
    erased_at: datetime | None = None
    """What was received before it is gone."""
    touchpoints: tuple[Touchpoint, ...] = ()
    decisions: tuple[Decision, ...] = ()
    enrolments: tuple[Enrolment, ...] = ()
    messages: tuple[Message, ...] = ()
    observations: tuple[Observation, ...] = ()


def past_of(record: LeadRecord, knowing: Knowing, *, at: datetime) -> Past:
    """Without task tokens and the mail service's own words, which no decision rests on."""
    at = max([at, *_instants(record)])
    return Past(
        lead=record.lead,
        at=at,
        gate=replace(record.gate, mails=(), tallies={}, requested=(), client_pause=None),
        known=known_of(record.profile, knowing, at=at),
        erased_at=record.profile.erased_at if record.profile else None,
        touchpoints=record.touchpoints,
        decisions=record.decisions,
        enrolments=tuple(replace(each, waiting=None) for each in record.enrolments),
        messages=tuple(
            replace(each, ses_id="", bounced_why="", rejected_why="") for each in record.messages
        ),
        observations=record.observations,
    )


def known_of(profile: Profile | None, knowing: Knowing, *, at: datetime) -> Known:
    if profile is None or not knowing.version:
        return {}
    found = explain(profile, knowing, at)
    named: dict[str, float | str | tuple[str, ...]] = {
        each.about: each.name for each in reversed(found.placed) if each.about != "segment"
    }
    segments = sorted(each.name for each in found.placed if each.about == "segment")
    points = {"score": found.score, "fit": found.fit, "engagement": found.engagement}
    return {**points, **dict(sorted(named.items())), "segments": tuple(segments)}


def _instants(record: LeadRecord) -> list[datetime]:
    """What happened while the leads were being read is part of their past."""
    ended = [each.ended_at for each in record.enrolments if each.ended_at]
    return [
        *(each.received_at for each in record.touchpoints),
        *(each.at for each in record.messages),
        *(claim.at for each in record.enrolments for claim in each.claims.values()),
        *ended,
    ]
