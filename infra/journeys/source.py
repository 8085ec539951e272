"""A journey as its author wrote it: a tree of steps, each with its place in the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from coldframe.domain.playbook import EventMatch
from infra.reading.nodes import Located
from infra.reading.problems import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    id: str
    spot: Spot
    mail: Located[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    id: str
    spot: Spot
    time: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFor:
    id: str
    spot: Spot
    event: Located[EventMatch] | None
    limit: Located[timedelta] | None
    then: "tuple[Step, ...]" = ()
    otherwise: "tuple[Step, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    id: str
    spot: Spot
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A step that couldn't be read: reported, and what depends on it stays unjudged."""

    id: str
    spot: Spot


Pause: TypeAlias = Wait | WaitFor | None
Step: TypeAlias = Send | Wait | WaitFor | HandOff | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneySource:
    journey: str
    spot: Spot
    title: str
    status: str
    topic: Located[str] | None
    entries: tuple[Located[EventMatch], ...]
    exits: tuple[Located[EventMatch], ...]
    steps: tuple[Step, ...]

    def mails(self) -> Iterator[str]:
        """Every mail that some way through the journey sends."""
        for step in every(self.steps):
            if isinstance(step, Send) and step.mail:
                yield step.mail.value


def every(steps: Sequence[Step]) -> Iterator[Step]:
    """All steps, those of the ways that part included."""
    for step in steps:
        yield step
        if isinstance(step, WaitFor):
            yield from every(step.then)
            yield from every(step.otherwise)


def paired(steps: Sequence[Step]) -> list[tuple[Step, Pause]]:
    """Each step, and for a `send` the pause right after it: one Task does both."""
    pairs: list[tuple[Step, Pause]] = []
    for step in steps:
        if pairs and isinstance(step, Wait | WaitFor) and _takes(pairs[-1]):
            pairs[-1] = (pairs[-1][0], step)
        else:
            pairs.append((step, None))
    return pairs


def _takes(pair: tuple[Step, Pause]) -> bool:
    return isinstance(pair[0], Send) and pair[1] is None
