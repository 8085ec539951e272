"""Enrolments in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from coldframe.domain.enrolment import Claim, Enrolment, EnrolmentStatus, Waiting
from coldframe.domain.errors import Left, StaleLead
from tests.fakes.writes import Writes

Key = tuple[str, str]


@dataclass(slots=True)
class InMemoryEnrolments:
    writes: Writes
    rows: dict[Key, Enrolment] = field(default_factory=dict)
    due: dict[Key, datetime] = field(default_factory=dict)

    def get(self, lead: str, enrolment: str) -> Enrolment | None:
        self.writes.reading()
        return self.rows.get((lead, enrolment))

    def of(self, lead: str) -> Sequence[Enrolment]:
        self.writes.reading()
        return [row for (owner, _), row in sorted(self.rows.items()) if owner == lead]

    def begin(self, enrolment: Enrolment) -> Enrolment:
        with self.writes("enrolments.begin"):
            return self.rows.setdefault((enrolment.lead, enrolment.id), enrolment)

    def stand(
        self, enrolment: Enrolment, *, step: str, at: datetime, waiting: Waiting | None = None
    ) -> Enrolment:
        with self.writes(f"enrolments.stand {step}"):
            return self.put(self.running(enrolment), step=step, at=at, waiting=waiting)

    def running(self, run: Enrolment) -> Enrolment:
        stored = self.rows.get((run.lead, run.id))
        if stored is None or stored.status is not EnrolmentStatus.OPEN:
            raise Left(run.id)
        if stored.generation != run.generation:
            raise Left(run.id)
        return stored

    def put(
        self,
        stored: Enrolment,
        *,
        step: str,
        at: datetime,
        waiting: Waiting | None,
        claim: tuple[str, Claim] | None = None,
    ) -> Enrolment:
        since = stored.since if stored.step == step else at
        claims = dict([*stored.claims.items(), claim]) if claim else stored.claims
        after = replace(stored, step=step, since=since, waiting=waiting, claims=claims)
        self.rows[stored.lead, stored.id] = after
        self.due.pop((stored.lead, stored.id), None)
        return after

    def close(self, enrolment: Enrolment, reason: str, at: datetime) -> bool:
        with self.writes(f"enrolments.close {reason}"):
            key = enrolment.lead, enrolment.id
            stored = self.rows.get(key)
            if stored is None or stored.status is EnrolmentStatus.CLOSED:
                return False
            closed = EnrolmentStatus.CLOSED
            ended = replace(stored, status=closed, reason=reason, ended_at=at)
            self.rows[key] = replace(ended, waiting=None)
            self.due.pop(key, None)
            return True

    def mark_stuck(self, enrolment: Enrolment, error: str, at: datetime) -> None:  # noqa: ARG002 - port
        with self.writes("enrolments.mark_stuck"):
            key = enrolment.lead, enrolment.id
            stored = self.rows.get(key)
            if stored and (stored.status, stored.generation) == (
                EnrolmentStatus.OPEN,
                enrolment.generation,
            ):
                self.rows[key] = replace(stored, status=EnrolmentStatus.STUCK, reason=error)

    def next_generation(self, enrolment: Enrolment, at: datetime) -> Enrolment:  # noqa: ARG002 - port
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
                generation=stored.generation + 1,
            )
            self.rows[key] = renewed
            return renewed
