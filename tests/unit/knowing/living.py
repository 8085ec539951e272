"""A lead that lives through random days: what it does comes late, twice and out of order."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from coldframe.domain.conditions.memory import merged
from coldframe.domain.instants import text_of
from coldframe.domain.knowing.learning import needs_of
from coldframe.domain.playbook import Reactions
from coldframe.domain.profile import Profile
from coldframe.domain.react import react
from coldframe.domain.touchpoint import TICK, Touchpoint, record
from infra.playbook.conditions.catalogue import Catalogue
from infra.playbook.knowing.compiling import compile_knowing, version_of
from infra.playbook.knowing.source import (
    ContentSource,
    KnowingSource,
    Named,
    ScoringSource,
)
from infra.reading.problems import Problems, Spot

NOWHERE = Spot(file="segments.yaml", line=1, path="", problems=Problems())


def reactions_of(
    segments: dict[str, str],
    catalogue: Catalogue,
    *,
    scoring: ScoringSource | None = None,
    personas: tuple[Named, ...] = (),
    zone: str = "Europe/Vienna",
) -> Reactions:
    """Compiled as a client's files would be."""
    problems = Problems()
    spot = Spot(file="segments.yaml", line=1, path="", problems=problems)
    source = KnowingSource(
        segments={
            name: Named(name=name, asked=asked, spot=spot) for name, asked in segments.items()
        },
        personas=personas,
        scoring=scoring or ScoringSource(tiers={"hot": 80, "warm": 50, "cool": 20}),
        content=ContentSource(),
        own_scoring=True,
        own_segments=True,
    )
    concluded = compile_knowing(source, catalogue, zone=zone)
    problems.raise_any()
    memory = merged(concluded.memory)
    knowing = replace(concluded.knowing, version=version_of(concluded.knowing, memory, ()))
    found = Reactions(memory=memory, knowing=knowing)
    return replace(found, needs=tuple(sorted(needs_of(found))))


@dataclass(slots=True)
class Life:
    """Reacts as the stream and the sweep do, one record after another."""

    reactions: Reactions
    profile: Profile | None = None
    told: list[Touchpoint] = field(default_factory=list)
    """All that was derived."""
    ticks: int = 0
    saved: int = 0

    def hear(self, touchpoint: Touchpoint) -> None:
        before = self.profile
        reaction = react(before, touchpoint, self.reactions)
        self.profile = reaction.profile
        self.saved += self.profile is not before
        self.told += reaction.derived
        for each in reaction.derived:
            self.hear(each)

    def sweep(self, now: datetime) -> None:
        """Until nothing is due any more."""
        while (due_at := self.due_at) is not None and due_at <= now:
            self.ticks += 1
            self.hear(tick(due_at, now))
            assert self.due_at is None or self.due_at > due_at

    @property
    def due_at(self) -> datetime | None:
        return self.profile.standing.due_at if self.profile else None

    @property
    def segments(self) -> set[str]:
        return set(self.profile.standing.segments) if self.profile else set()


def tick(due_at: datetime, now: datetime) -> Touchpoint:
    return record(
        lead="ada",
        kind=TICK,
        source="sweep",
        received_at=now,
        occurred_at=due_at,
        data={"about": "P"},
        own_id=f"P@{text_of(due_at)}",
    )


def changes(told: list[Touchpoint], segment: str) -> Iterator[str]:
    """``entered`` and ``left``, in the order of their instants."""
    mine = [each for each in told if each.data.get("segment") == segment]
    for each in sorted(mine, key=lambda one: one.occurred_at):
        yield each.kind.removeprefix("segment.")
