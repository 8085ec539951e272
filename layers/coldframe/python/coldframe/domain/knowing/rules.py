"""What is concluded of a lead, as compiled from segments.yaml, scoring.yaml and their like."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from coldframe.domain.conditions.decay import Decay
from coldframe.domain.conditions.nodes import Condition

COLD = "cold"
FIT, ENGAGEMENT, SCORE, LIFECYCLE = "fit", "engagement", "score", "lifecycle"
"""Fields that are drawn for every lead, beside the choices'."""
LEAD = "lead"


def since_when(drawn: str) -> str:
    """The field that says since when another holds what it holds: `tier_since`."""
    return f"{drawn}_since"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """A name that a condition decides."""

    name: str
    condition: Condition
    label: str = ""
    why: str = ""
    needs: tuple[str, ...] = ()
    """The facts it rests on, also by way of other conclusions: `field …` and `memory …`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A field that holds the name of the first option whose condition holds."""

    field: str
    options: tuple[Conclusion, ...]
    otherwise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitRule:
    """Points for who the lead is, as long as the condition holds."""

    points: float
    condition: Condition
    group: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementRule:
    """Points for each of the newest ``keep`` times that something was done, fading from then on."""

    points: float
    memory: str
    """The key of what is remembered."""
    keep: int
    cap: float
    """The most they give together; of negative points, the most they take."""
    decay: Decay = Decay.NONE
    over: int = 0
    """Seconds of half-life, or until nothing is left."""
    group: str = ""
    why: str = ""

    @property
    def fades_over(self) -> timedelta:
        return timedelta(seconds=self.over or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Tells the owner when ``fires`` begins to hold; again only after ``rests`` has held."""

    name: str
    fires: Conclusion
    rests: Conclusion | None = None
    """None: it never fires again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    fit: tuple[FitRule, ...] = ()
    engagement: tuple[EngagementRule, ...] = ()
    groups: Mapping[str, float] = field(default_factory=dict)
    """Group of rules → the most they give together."""
    decay: Decay = Decay.NONE
    """Of points that journeys give."""
    over: int = 0
    choices: tuple[Choice, ...] = ()
    """Buyer's stage, status and tier, in the order in which they may name one another."""
    lifecycle: tuple[Conclusion, ...] = ()
    """What a lead can reach, nearest first; each is reached once and for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """All that is concluded of a client's leads; empty: nothing."""

    zone: str = "Etc/UTC"
    """The client's, for leads whose own isn't known."""
    version: str = ""
    """Another one means other definitions: what stands concluded is concluded anew."""
    scoring: Scoring = field(default_factory=Scoring)
    persona: Choice | None = None
    segments: tuple[Conclusion, ...] = ()
    """Each after those that it names."""
    alerts: tuple[Alert, ...] = ()

    def conclusions(self) -> Iterator[Conclusion]:
        """Everything that a condition decides, points aside."""
        for choice in self.choices():
            yield from choice.options
        yield from (*self.scoring.lifecycle, *self.segments)
        for alert in self.alerts:
            yield from filter(None, (alert.fires, alert.rests))

    def choices(self) -> tuple[Choice, ...]:
        return (*self.scoring.choices, *filter(None, (self.persona,)))

    def concludes(self, condition: Condition) -> bool:
        """Whether it asks for anything that is concluded, and not only for what was told."""
        held = {LIFECYCLE, *(choice.field for choice in self.choices())}
        drawn = {FIT, ENGAGEMENT, SCORE, *held, *map(since_when, held)}
        return bool(condition.segments) or not drawn.isdisjoint(condition.fields)

    def conditions(self) -> Iterator[Condition]:
        yield from (rule.condition for rule in self.scoring.fit)
        yield from (each.condition for each in self.conclusions())
