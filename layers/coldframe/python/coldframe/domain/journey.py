"""A journey as it was compiled: its steps, its way in, its goal, and how it treats its leads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from coldframe.domain.conditions.nodes import Condition
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey_steps import (
    Action,
    Branch,
    Pause,
    Send,
    SetFields,
    Wait,
    WaitFor,
)

END = "end"
"""The step that only closes the enrolment."""
STOPPED = "stopped"
"""A journey's status: nothing more happens in it."""
MIGRATE = "migrate"
"""A journey's `edits`: its leads move to each new version of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One Task state of the machine: does something, and then perhaps pauses.

    After a branch, a split and an event's wait the way goes on by their own arms; else to
    ``next``. None: the enrolment closes here.
    """

    id: str
    action: Action
    pause: Pause | None = None
    next: str | None = None
    claim: str = ""
    """What it claims, once per enrolment: the mail's name, with its round inside a repeat."""
    holdouts: tuple[str, ...] = ()
    """The splits before it whose holdout share gets requested mails only."""

    @property
    def kind(self) -> str:
        return self.action.do

    @property
    def mail(self) -> str | None:
        return self.action.mail if isinstance(self.action, Send) else None

    @property
    def wait(self) -> Wait | None:
        return self.pause if isinstance(self.pause, Wait) else None

    @property
    def wait_for(self) -> WaitFor | None:
        return self.pause if isinstance(self.pause, WaitFor) else None

    @property
    def then(self) -> str:
        """What a run must be made for to go on from here: one word that its machine knows too."""
        if isinstance(self.action, Branch):
            return "ways"
        if self.wait_for is not None:
            return "event"
        if self.wait is not None:
            return "wait or skip" if self.wait.skip_to else "wait"
        return "next" if self.next else "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a journey's mails may go, by the lead's wall: minutes of the day, on these weekdays."""

    start: int
    end: int
    """Not above ``start``: it runs over midnight, and belongs to the day on which it starts."""
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReEntry:
    """May a lead come in again? Never while still in it, unless ``concurrent``."""

    mode: str = "never"
    """never | after | always"""
    after: int = 0
    """Seconds since the last passage ended."""
    concurrent: bool = False
    key: str = ""
    """A property of the entering event: one passage at a time for each of its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    when: EventMatch
    within: int
    """Seconds after entering."""
    target: float
    """The share of leads that should reach it, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """journeys/<journey>.json"""

    journey: str
    title: str
    first: str
    steps: Mapping[str, Step]
    why: str = ""
    topic: str = ""
    owner: str = ""
    status: str = "live"
    """live | closing (no new leads) | stopped (nothing more happens in it)"""
    priority: int = 0
    """Of two journeys whose mails meet at a cap, the greater goes first."""
    outranked: bool = False
    """Some other live journey, or a broadcast, is of a greater priority."""
    below: tuple[str, ...] = ()
    """The broadcasts of a greater priority."""
    when_capped: str = "wait"
    """wait | drop: what becomes of a mail for which there is no room."""
    send_window: Window | None = None
    goal: Goal | None = None
    re_enter: ReEntry = field(default_factory=ReEntry)
    at_end: Mapping[str, str] = field(default_factory=dict)
    """Reason of an ending → the journey that follows it."""
    edits: str = "pin"
    """pin | migrate"""
    moved: Mapping[str, str] = field(default_factory=dict)
    """With `migrate`: a step that is no more → the one at which its leads go on."""
    retired: tuple[str, ...] = ()
    """Steps that nobody comes to any more, kept for leads who stand at them."""
    version: str = ""
    """A hash of all that says how its leads go on."""

    def placed(self, step: str) -> str | None:
        """Where a lead goes on who stood at the step in some other version; None: nobody knows."""
        if step in self.steps:
            return step
        target = self.moved.get(step)
        return target if target in self.steps else None

    def conditions(self) -> Iterator[Condition]:
        """Every expression that some step may ask."""
        for step in self.steps.values():
            yield from _conditions(step)


def _conditions(step: Step) -> Iterator[Condition]:
    match step.action:
        case Branch(arms=arms):
            yield from (arm.when for arm in arms if arm.when)
        case SetFields(values=values):
            yield from (value for value in values.values() if isinstance(value, Condition))
    match step.pause:
        case Wait(computed=Condition() as asked) | WaitFor(condition=Condition() as asked):
            yield asked
