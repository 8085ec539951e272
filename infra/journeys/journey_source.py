"""A journey as its author wrote it: its head, and the tree of its steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import ReEntry, Window
from infra.journeys.source import Send, Step, every
from infra.reading.nodes import Located
from infra.reading.problems import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class DateEntering:
    field: Located[str]
    days: int
    minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exiting:
    event: Located[EventMatch]
    reason: str = ""
    """Empty: what is usual for such an exit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSource:
    spot: Spot
    event: Located[EventMatch]
    within: timedelta
    target: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneySource:
    journey: str
    spot: Spot
    title: str
    status: str
    topic: Located[str] | None
    entries: tuple[Located[EventMatch], ...]
    exits: tuple[Exiting, ...]
    steps: tuple[Step, ...]
    why: str = ""
    owner: Located[str] | None = None
    priority: int = 5
    when_capped: str = "wait"
    edits: str = "pin"
    moved: Mapping[str, Located[str]] = field(default_factory=dict)
    dates: tuple[DateEntering, ...] = ()
    re_enter: Located[ReEntry] | None = None
    goal: GoalSource | None = None
    at_end: Mapping[str, Located[str]] = field(default_factory=dict)
    window: Located[Window] | None = None

    @property
    def live(self) -> bool:
        return self.status == "live"

    @property
    def deployed(self) -> bool:
        """Leads may be in it, whether or not more of them may enter."""
        return self.status != "draft"

    def mails(self) -> Iterator[str]:
        """Every mail that some way through the journey sends."""
        for step in every(self.steps):
            if isinstance(step, Send) and step.mail:
                yield step.mail.value

    def ends(self) -> Iterator[Exiting]:
        """What makes leads exit, each with its reason; reaching the goal does, if unsaid."""
        goal = self.goal.event if self.goal else None
        if goal and not self.exits:
            yield Exiting(event=goal, reason="converted")
        for each in self.exits:
            to_goal = goal is None or each.event.value == goal.value
            yield replace(each, reason=each.reason or ("converted" if to_goal else "exited"))
