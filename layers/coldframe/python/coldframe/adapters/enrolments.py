"""Where each lead stands in each journey: one item per enrolment, changed under conditions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import ConditionFailed, Table, Values, lead_key
from coldframe.domain.enrolment import Claim, Enrolment, EnrolmentStatus, Waiting
from coldframe.domain.errors import Left, StaleLead

PREFIX = "E#"
CLAIM = "claim:"
OPEN_RUN = "#status = :open AND #generation = :generation"


def enrolment_of(item: Item) -> Enrolment:
    waiting = item.get("waiting")
    return Enrolment(
        lead=item["pk"].removeprefix("L#"),
        id=item["sk"].removeprefix(PREFIX),
        journey=item["journey"],
        status=EnrolmentStatus(item["status"]),
        step=item["step"],
        since=instant(item["since"]),
        generation=item["generation"],
        started_at=instant(item["started_at"]),
        requested_at=instant(item["requested_at"]),
        reason=item.get("reason", ""),
        ended_at=instant_or_none(item.get("ended_at")),
        waiting=Waiting(**{**waiting, "since": instant(waiting["since"])}) if waiting else None,
        claims={
            name.removeprefix(CLAIM): Claim(**{**held, "at": instant(held["at"])})
            for name, held in item.items()
            if name.startswith(CLAIM)
        },
    )


def enrolment_item(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "journey": enrolment.journey,
        "status": enrolment.status,
        "step": enrolment.step,
        "since": enrolment.since,
        "generation": enrolment.generation,
        "started_at": enrolment.started_at,
        "requested_at": enrolment.requested_at,
        "reason": enrolment.reason or None,
        "ended_at": enrolment.ended_at,
        "waiting": waiting_item(enrolment.waiting),
        **{f"{CLAIM}{key}": claim_item(claim) for key, claim in enrolment.claims.items()},
    }


def claim_item(claim: Claim) -> dict[str, Any]:
    return {"mail": claim.mail, "message": claim.message, "at": claim.at}


def waiting_item(waiting: Waiting | None) -> dict[str, Any] | None:
    if waiting is None:
        return None
    return {
        "step": waiting.step,
        "token": waiting.token,
        "since": waiting.since,
        "generation": waiting.generation,
    }


def standing(
    enrolment: Enrolment, *, step: str, at: datetime, waiting: Waiting | None
) -> tuple[str, dict[str, object]]:
    """The update that records a step, and its values; ``since`` stays if the step is the same."""
    sets, values = ["#step = :step"], dict[str, object](step=step)
    if step != enrolment.step:
        sets.append("#since = :since")
        values["since"] = at
    if waiting is None:
        return f"SET {', '.join(sets)} REMOVE #waiting, #due_shard, #due_at", values
    return f"SET {', '.join([*sets, '#waiting = :waiting'])} REMOVE #due_shard, #due_at", {
        **values,
        "waiting": waiting_item(waiting),
    }


@dataclass(frozen=True, slots=True)
class DynamoEnrolments:
    table: Table

    def get(self, lead: str, enrolment: str) -> Enrolment | None:
        item = self.table.get(lead_key(lead, PREFIX + enrolment))
        return enrolment_of(item) if item else None

    def of(self, lead: str) -> Sequence[Enrolment]:
        rows = self.table.query(
            "#pk = :pk AND begins_with(#sk, :prefix)", pk=f"L#{lead}", prefix=PREFIX
        )
        return [enrolment_of(item) for item in rows]

    def begin(self, enrolment: Enrolment) -> Enrolment:
        key = lead_key(enrolment.lead, PREFIX + enrolment.id)
        item = enrolment_item(enrolment)
        try:
            self.table.write(self.table.put(key, item, when="attribute_not_exists(#sk)"))
        except ConditionFailed:
            return self._now(enrolment)
        return enrolment

    def stand(
        self,
        enrolment: Enrolment,
        *,
        step: str,
        at: datetime,
        waiting: Waiting | None = None,
    ) -> Enrolment:
        do, values = standing(enrolment, step=step, at=at, waiting=waiting)
        try:
            self._update(
                enrolment,
                do,
                when=f"{OPEN_RUN} AND #step = :read",
                values={
                    "open": EnrolmentStatus.OPEN,
                    "generation": enrolment.generation,
                    "read": enrolment.step,
                    **values,
                },
            )
        except ConditionFailed as lost:
            stored = enrolment_of(lost.item) if lost.item else None
            if not same_run(stored, enrolment) or stored is None:
                raise Left(enrolment.id) from lost
            return self.stand(stored, step=step, at=at, waiting=waiting)
        return self._now(enrolment)

    def close(self, enrolment: Enrolment, reason: str, at: datetime) -> bool:
        try:
            self._update(
                enrolment,
                "SET #status = :closed, #reason = :reason, #ended_at = :at"
                " REMOVE #waiting, #due_shard, #due_at",
                when="attribute_exists(#sk) AND #status <> :closed",
                values={"closed": EnrolmentStatus.CLOSED, "reason": reason, "at": at},
            )
        except ConditionFailed:
            return False
        return True

    def mark_stuck(self, enrolment: Enrolment, error: str, at: datetime) -> None:
        """Nothing happens to one that has left meanwhile."""
        try:
            self._update(
                enrolment,
                "SET #status = :stuck, #reason = :error, #stuck_at = :at",
                when=OPEN_RUN,
                values={
                    "open": EnrolmentStatus.OPEN,
                    "generation": enrolment.generation,
                    "stuck": EnrolmentStatus.STUCK,
                    "error": error,
                    "at": at,
                },
            )
        except ConditionFailed:
            return

    def next_generation(self, enrolment: Enrolment, at: datetime) -> Enrolment:
        try:
            self._update(
                enrolment,
                "SET #status = :open, #generation = :next, #resumed_at = :at REMOVE #reason",
                when="#generation = :generation AND #status <> :closed",
                values={
                    "open": EnrolmentStatus.OPEN,
                    "closed": EnrolmentStatus.CLOSED,
                    "generation": enrolment.generation,
                    "next": enrolment.generation + 1,
                    "at": at,
                },
            )
        except ConditionFailed as lost:
            raise StaleLead(enrolment.id) from lost
        return self._now(enrolment)

    def _update(self, enrolment: Enrolment, do: str, *, when: str, values: Values) -> None:
        key = lead_key(enrolment.lead, PREFIX + enrolment.id)
        self.table.write(self.table.update(key, do, when=when, values=values))

    def _now(self, enrolment: Enrolment) -> Enrolment:
        stored = self.get(enrolment.lead, enrolment.id)
        if stored is None:
            raise Left(enrolment.id)
        return stored


def same_run(stored: Enrolment | None, run: Enrolment) -> bool:
    return (
        stored is not None
        and stored.status is EnrolmentStatus.OPEN
        and stored.generation == run.generation
    )
