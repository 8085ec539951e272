"""One lead's whole record: its partition, read with one query."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coldframe.adapters.attributes import Item
from coldframe.adapters.enrolment_items import enrolment_of
from coldframe.adapters.gates import gate_of
from coldframe.adapters.messages import message_of
from coldframe.adapters.observations import observation_of
from coldframe.adapters.profiles import decision_of, profile_of
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import touchpoint_of
from coldframe.domain.gate import Gate
from coldframe.domain.record import LeadRecord

MANY: Mapping[str, tuple[str, Callable[[Item], Any]]] = {
    "T": ("touchpoints", touchpoint_of),
    "D": ("decisions", decision_of),
    "E": ("enrolments", enrolment_of),
    "M": ("messages", message_of),
    "O": ("observations", observation_of),
}


@dataclass(frozen=True, slots=True)
class DynamoRecords:
    table: Table

    def get(self, lead: str) -> LeadRecord:
        """Empty for a lead that nobody ever heard of."""
        return record_of(lead, self.table.query("#pk = :pk", pk=f"L#{lead}"))


def record_of(lead: str, items: Iterable[Item]) -> LeadRecord:
    """The record that a partition's items make; items of other kinds are passed over."""
    many: dict[str, list[Any]] = {name: [] for name, _ in MANY.values()}
    profile, gate = None, Gate(lead=lead)
    for item in items:
        prefix = item["sk"].partition("#")[0]
        if prefix == "P":
            profile = profile_of(item)
        elif prefix == "G":
            gate = gate_of(lead, item)
        elif prefix in MANY:
            name, build = MANY[prefix]
            many[name].append(build(item))
    read = {name: tuple(found) for name, found in many.items()}
    return LeadRecord(lead=lead, profile=profile, gate=gate, **read)
