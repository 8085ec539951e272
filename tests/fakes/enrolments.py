"""Enrolments in memory."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from coldframe.domain.enrolment import (
    TO_STAND,
    Asked,
    Because,
    Claim,
    Enrolment,
    EnrolmentStatus,
    Stand,
)
from coldframe.domain.errors import Left, StaleLead
from tests.fakes.writes import Writes

Key = tuple[str, str]


@dataclass(slots=True)
class InMemoryEnrolments:
    writes: Writes
    rows: dict[Key, Enrolment] = field(default_factory=dict)
    people: Callable[[str], Collection[str]] = lambda lead: (lead,)
    """All identities of the person whose this is."""

    def get(self, lead: str, enrolment: str) -> Enrolment | None:
        self.writes.reading()
        return self.rows.get((lead, enrolment))

    def of(self, lead: str) -> Sequence[Enrolment]:
        self.writes.reading()
        people = self.people(lead)
        return [row for (owner, _), row in sorted(self.rows.items()) if owner in people]

    def named(self, lead: str, enrolment: str) -> Enrolment | None:
        return next((each for each in self.of(lead) if each.id == enrolment), None)

    def begin(self, enrolment: Enrolment) -> Enrolment:
        with self.writes("enrolments.begin"):
            return self.rows.setdefault((enrolment.lead, enrolment.id), enrolment)

    def stand(self, enrolment: Enrolment, stand: Stand) -> Enrolment:
        with self.writes(f"enrolments.stand {stand.step}"):
            return self.put(self.running(enrolment), stand)

    def running(self, run: Enrolment) -> Enrolment:
        stored = self.rows.get((run.lead, run.id))
        if stored is None or stored.status is not EnrolmentStatus.OPEN:
            raise Left(run.id)
        if stored.generation != run.generation:
            raise Left(run.id)
        return stored

    def put(
        self, stored: Enrolment, stand: Stand, *, claim: tuple[str, Claim] | None = None
    ) -> Enrolment:
        step, key = stand.step, (stored.lead, stored.id)
        why = Because(at=stand.at, text=stand.because) if stand.because else None
        after = replace(
            stored,
            step=step,
            since=stored.since if stored.step == step else stand.at,
            waiting=stand.waiting,
            parked_until=stand.parked_until,
            due_at=stand.parked_until,
            claims=dict([*stored.claims.items(), claim]) if claim else stored.claims,
            arms={step: stand.arm, **stored.arms} if stand.arm else stored.arms,
            because={step: why, **stored.because} if why else stored.because,
            restarts=stand.restarts or (stored.restarts if stored.step == step else 0),
        )
        self.rows[key] = after
        return after

    def keep(self, enrolment: Enrolment, step: str, asked: Asked) -> None:
        with self.writes(f"enrolments.keep {step}"):
            key = enrolment.lead, enrolment.id
            stored = self.rows.get(key)
            if stored is None or stored.status is not EnrolmentStatus.OPEN:
                return
            known = stored.asked.get(step)
            outweighs = known and asked.answered and not known.answered
            if known is None or known.version != asked.version or outweighs:
                self.rows[key] = replace(stored, asked={**stored.asked, step: asked})

    def close(self, enrolment: Enrolment, reason: str, at: datetime) -> bool:
        with self.writes(f"enrolments.close {reason}"):
            key = enrolment.lead, enrolment.id
            stored = self.rows.get(key)
            if stored is None or stored.status is EnrolmentStatus.CLOSED:
                return False
            closed = EnrolmentStatus.CLOSED
            ended = replace(stored, status=closed, reason=reason, ended_at=at)
            self.rows[key] = replace(ended, waiting=None, parked_until=None, due_at=None)
            return True

    def mark_stuck(self, enrolment: Enrolment, error: str, at: datetime) -> None:  # noqa: ARG002 - port
        with self.writes("enrolments.mark_stuck"):
            key = enrolment.lead, enrolment.id
            stored = self.rows.get(key)
            if stored and (stored.status, stored.generation) == (
                EnrolmentStatus.OPEN,
                enrolment.generation,
            ):
                stuck = replace(stored, status=EnrolmentStatus.STUCK, reason=error)
                self.rows[key] = replace(stuck, parked_until=None, due_at=None)

    def next_generation(
        self, enrolment: Enrolment, at: datetime, *, step: str = "", version: str = ""
    ) -> Enrolment:
        with self.writes("enrolments.next_generation"):
            key = enrolment.lead, enrolment.id
            stored = self.rows.get(key)
            if stored is None or stored.status is EnrolmentStatus.CLOSED:
                raise StaleLead(enrolment.id)
            if stored.generation != enrolment.generation:
                raise StaleLead(enrolment.id)
            renewed = replace(
                stored,
                status=EnrolmentStatus.OPEN,
                reason="",
                step=step or stored.step,
                version=version or stored.version,
                restarts=0 if stored.status is EnrolmentStatus.STUCK else stored.restarts,
                generation=stored.generation + 1,
                parked_until=None,
                due_at=at + TO_STAND,
            )
            self.rows[key] = renewed
            return renewed
