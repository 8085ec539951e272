"""Where each lead stands in each journey: one item per enrolment, changed under conditions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from coldframe.adapters.attributes import Item
from coldframe.adapters.due import INDEX
from coldframe.adapters.enrolment_items import (
    ASKED,
    PREFIX,
    STUCK,
    asked_item,
    due_shard,
    enrolment_item,
    enrolment_of,
    same_run,
    standing,
    stuck_shard,
)
from coldframe.adapters.gates import MOVED
from coldframe.adapters.gates import SORT as GATE
from coldframe.adapters.table import (
    Action,
    ConditionFailed,
    Table,
    Values,
    lead_key,
    shards_of,
)
from coldframe.domain.enrolment import TO_STAND, Asked, Enrolment, EnrolmentStatus, Stand
from coldframe.domain.errors import Left, StaleLead

OPEN_RUN = "#status = :open AND #generation = :generation"


@dataclass(frozen=True, slots=True)
class DynamoEnrolments:
    table: Table

    def get(self, lead: str, enrolment: str) -> Enrolment | None:
        item = self.table.get(lead_key(lead, PREFIX + enrolment))
        return enrolment_of(item) if item else None

    def named(self, lead: str, enrolment: str) -> Enrolment | None:
        own = self.get(lead, enrolment)
        return own or next((each for each in self.of(lead) if each.id == enrolment), None)

    def of(self, lead: str) -> Sequence[Enrolment]:
        """The gate lies right behind them, and says who else the person is."""
        gate, own = self._up_to_the_gate(lead)
        if to := gate.get(MOVED):
            return self.of(to)
        others = (each for alias in gate.get("aliases", ()) for each in self._own(alias))
        return [*own, *others]

    def _own(self, lead: str) -> Sequence[Enrolment]:
        return self._up_to_the_gate(lead)[1]

    def _up_to_the_gate(self, lead: str) -> tuple[Item, Sequence[Enrolment]]:
        rows = list(
            self.table.query(
                "#pk = :pk AND #sk BETWEEN :first AND :gate",
                pk=f"L#{lead}",
                first=PREFIX,
                gate=GATE,
            )
        )
        gate: Item = next((row for row in rows if row["sk"] == GATE), {})
        return gate, [enrolment_of(row) for row in rows if row["sk"].startswith(PREFIX)]

    def begin(self, enrolment: Enrolment) -> Enrolment:
        key = lead_key(enrolment.lead, PREFIX + enrolment.id)
        item = enrolment_item(enrolment)
        try:
            self.table.write(self.table.put(key, item, when="attribute_not_exists(#sk)"))
        except ConditionFailed as lost:
            return enrolment_of(lost.item) if lost.item else self._now(enrolment)
        return enrolment

    def stand(self, enrolment: Enrolment, stand: Stand) -> Enrolment:
        written = standing(enrolment, stand)
        try:
            return self._updated(
                enrolment,
                written.do,
                when=f"{OPEN_RUN} AND #step = :read",
                values={
                    "open": EnrolmentStatus.OPEN,
                    "generation": enrolment.generation,
                    "read": enrolment.step,
                    **written.values,
                },
                names=written.names,
            )
        except ConditionFailed as lost:
            stored = enrolment_of(lost.item) if lost.item else None
            if not same_run(stored, enrolment) or stored is None:
                raise Left(enrolment.id) from lost
            return self.stand(stored, stand)

    def keep(self, enrolment: Enrolment, step: str, asked: Asked) -> None:
        new = "attribute_not_exists(#asked) OR #asked.#version <> :version"
        outweighs = " OR #asked.#answered = :no" if asked.answered else ""
        with suppress(ConditionFailed):
            self._updated(
                enrolment,
                "SET #asked = :asked",
                when=f"#status = :open AND ({new}{outweighs})",
                values={
                    "open": EnrolmentStatus.OPEN,
                    "asked": asked_item(asked),
                    "version": asked.version,
                    **({"no": False} if asked.answered else {}),
                },
                names={"#asked": f"{ASKED}{step}"},
            )

    def close(self, enrolment: Enrolment, reason: str, at: datetime) -> bool:
        try:
            self._update(
                enrolment,
                "SET #status = :closed, #reason = :reason, #ended_at = :at"
                " REMOVE #waiting, #parked_until, #due_shard, #due_at",
                when="attribute_exists(#sk) AND #status <> :closed",
                values={"closed": EnrolmentStatus.CLOSED, "reason": reason, "at": at},
            )
        except ConditionFailed:
            return False
        return True

    def mark_stuck(self, enrolment: Enrolment, error: str, at: datetime) -> None:
        """Nothing happens to one that has left meanwhile; a person resumes it, not the sweep.

        In the due index it is listed apart, so that it is found without a walk over the leads.
        """
        try:
            self._update(
                enrolment,
                "SET #status = :stuck, #reason = :error, #stuck_at = :at, #due_at = :at,"
                " #due_shard = :shard REMOVE #parked_until",
                when=OPEN_RUN,
                values={
                    "open": EnrolmentStatus.OPEN,
                    "generation": enrolment.generation,
                    "stuck": EnrolmentStatus.STUCK,
                    "error": error,
                    "shard": stuck_shard(enrolment),
                    "at": at,
                },
            )
        except ConditionFailed:
            return

    def stuck(self) -> Iterator[Enrolment]:
        """All that are stuck, of all leads."""
        for shard in shards_of(STUCK):
            for row in self.table.query("#due_shard = :shard", index=INDEX, shard=shard):
                found = self.table.get((row["pk"], row["sk"]))
                if found and found["status"] == EnrolmentStatus.STUCK:
                    yield enrolment_of(found)

    def make_due(self, enrolment: Enrolment, at: datetime) -> bool:
        """By a person's word the sweep resumes it at ``at``; False: it ended or moved meanwhile."""
        try:
            self._update(
                enrolment,
                "SET #status = :open, #due_at = :at, #due_shard = :shard REMOVE #reason, #restarts",
                when="#generation = :generation AND #status <> :closed",
                values={
                    "open": EnrolmentStatus.OPEN,
                    "closed": EnrolmentStatus.CLOSED,
                    "generation": enrolment.generation,
                    "shard": due_shard(enrolment),
                    "at": at,
                },
            )
        except ConditionFailed:
            return False
        return True

    def next_generation(
        self, enrolment: Enrolment, at: datetime, *, step: str = "", version: str = ""
    ) -> Enrolment:
        afresh = ", #restarts" if enrolment.status is EnrolmentStatus.STUCK else ""
        try:
            return self._updated(
                enrolment,
                "SET #status = :open, #generation = :next, #resumed_at = :at, #step = :step,"
                " #version = :version, #due_at = :due, #due_shard = :shard"
                f" REMOVE #reason, #parked_until{afresh}",
                when="#generation = :generation AND #status <> :closed",
                values={
                    "open": EnrolmentStatus.OPEN,
                    "closed": EnrolmentStatus.CLOSED,
                    "generation": enrolment.generation,
                    "next": enrolment.generation + 1,
                    "at": at,
                    "step": step or enrolment.step,
                    "version": version or enrolment.version,
                    "due": at + TO_STAND,
                    "shard": due_shard(enrolment),
                },
            )
        except ConditionFailed as lost:
            raise StaleLead(enrolment.id) from lost

    def _update(self, enrolment: Enrolment, do: str, *, when: str, values: Values) -> None:
        self.table.write(self._updating(enrolment, do, when=when, values=values))

    def _updated(
        self,
        enrolment: Enrolment,
        do: str,
        *,
        when: str,
        values: Values,
        names: Mapping[str, str] | None = None,
    ) -> Enrolment:
        """As it stands after it."""
        action = self._updating(enrolment, do, when=when, values=values, names=names)
        return enrolment_of(self.table.updated(action))

    def _updating(
        self,
        enrolment: Enrolment,
        do: str,
        *,
        when: str,
        values: Values,
        names: Mapping[str, str] | None = None,
    ) -> Action:
        key = lead_key(enrolment.lead, PREFIX + enrolment.id)
        return self.table.update(key, do, when=when, values=values, names=names)

    def _now(self, enrolment: Enrolment) -> Enrolment:
        stored = self.get(enrolment.lead, enrolment.id)
        if stored is None:
            raise Left(enrolment.id)
        return stored
