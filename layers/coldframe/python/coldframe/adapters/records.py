"""One lead's whole record: its partition, read with one query."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from coldframe.adapters.attributes import Item
from coldframe.adapters.enrolment_items import enrolment_of
from coldframe.adapters.gates import gate_of
from coldframe.adapters.identities import identity_of
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
    "I": ("identities", identity_of),
}


@dataclass(frozen=True, slots=True)
class DynamoRecords:
    table: Table

    def get(self, lead: str) -> LeadRecord:
        """Empty for a lead that nobody ever heard of."""
        return person_of(lead, self._items)

    def _items(self, lead: str) -> Iterable[Item]:
        return self.table.query("#pk = :pk", pk=f"L#{lead}")


def person_of(lead: str, items: Callable[[str], Iterable[Item]]) -> LeadRecord:
    """The record of whoever this identity is, with what lies where its others began.

    ``items``: a lead's partition.
    """
    record = record_of(lead, items(lead))
    while record.profile and record.profile.moved_to:
        record = record_of(record.profile.moved_to, items(record.profile.moved_to))
    for alias in record.profile.aliases if record.profile else ():
        other = record_of(alias, items(alias))
        record = replace(
            record,
            decisions=(*record.decisions, *other.decisions),
            enrolments=(*record.enrolments, *other.enrolments),
            messages=(*record.messages, *other.messages),
            observations=(*record.observations, *other.observations),
        )
    return record


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
