"""segments.yaml, personas.yaml, scoring.yaml and content.yaml as read, no expression checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from coldframe.domain.conditions.decay import Decay
from coldframe.domain.conditions.nodes import Scalar
from infra.reading.problems import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name with an expression; none: everyone else."""

    name: str
    asked: str
    spot: Spot
    label: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fading:
    decay: Decay = Decay.HALVING
    over: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    asked: str
    points: float
    spot: Spot
    group: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    event: str
    where: Mapping[str, Scalar]
    points: float
    cap: float
    fading: Fading
    spot: Spot
    group: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raising:
    """An alert on a tier or on something of the lifecycle."""

    about: str
    """tier | lifecycle"""
    name: str
    spot: Spot
    margin: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringSource:
    fit: tuple[Fit, ...] = ()
    engagement: tuple[Engagement, ...] = ()
    groups: Mapping[str, float] = field(default_factory=dict)
    fading: Fading = field(default_factory=Fading)
    tiers: Mapping[str, float] = field(default_factory=dict)
    disqualify: tuple[Named, ...] = ()
    status: tuple[Named, ...] = ()
    lifecycle: tuple[Named, ...] = ()
    alerts: tuple[Raising, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSource:
    stage: str
    spot: Spot
    pages: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentSource:
    """Which content shows that a buyer has come to which stage."""

    stages: tuple[StageSource, ...] = ()
    within: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowingSource:
    segments: Mapping[str, Named] | None
    """None: the file is there, but can't be read."""
    personas: tuple[Named, ...]
    scoring: ScoringSource
    content: ContentSource
    own_scoring: bool
    """Every mistake in a client's own file is one; of ours, what can't be asked is left out."""
    own_segments: bool
