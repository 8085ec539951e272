"""What the fake town's table would hold: one record per lead, changed whole."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from coldframe.domain.enrolment import Enrolment
from coldframe.domain.gate import Gate
from coldframe.domain.message import Message
from coldframe.domain.observation import Observation
from coldframe.domain.record import LeadRecord
from coldframe.domain.touchpoint import Touchpoint, record


class Ledger:
    def __init__(self) -> None:
        self.records: dict[str, LeadRecord] = {}

    def of(self, lead: str) -> LeadRecord:
        empty = LeadRecord(lead=lead, profile=None, gate=Gate(lead=lead))
        return self.records.get(lead, empty)

    def keep(self, record: LeadRecord) -> None:
        self.records[record.lead] = record

    def append(
        self, lead: str, kind: str, *, at: datetime, data: Mapping[str, Any], own_id: str = ""
    ) -> Touchpoint:
        """Once: a touchpoint that stands already changes nothing."""
        seen = record(lead=lead, kind=kind, source="web", received_at=at, data=data, own_id=own_id)
        held = self.of(lead)
        if all(one.id != seen.id for one in held.touchpoints):
            self.keep(replace(held, touchpoints=(*held.touchpoints, seen)))
        return seen

    def enrolment(self, lead: str, enrolment: str) -> Enrolment:
        return next(one for one in self.of(lead).enrolments if one.id == enrolment)

    def put_enrolment(self, enrolment: Enrolment) -> None:
        held = self.of(enrolment.lead)
        others = (one for one in held.enrolments if one.id != enrolment.id)
        self.keep(replace(held, enrolments=(*others, enrolment)))

    def put_message(self, message: Message) -> None:
        held = self.of(message.lead)
        self.keep(replace(held, messages=(*held.messages, message)))

    def put_observation(self, observation: Observation) -> None:
        held = self.of(observation.lead)
        others = (one for one in held.observations if one.message != observation.message)
        self.keep(replace(held, observations=(*others, observation)))

    def message(self, message: str) -> Message:
        held = (one for record in self.records.values() for one in record.messages)
        return next(one for one in held if one.id == message)

    def forbid(self, gate: Gate) -> None:
        """The gate as given; the first instant of each prohibition wins."""
        self.keep(replace(self.of(gate.lead), gate=gate))
