"""What a world's books say in the end, as whoever looks at a lead's record is told of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from coldframe.domain.gate import Gate
from coldframe.domain.message import Message
from coldframe.domain.outcome import as_it_ended
from coldframe.domain.record import LeadRecord
from tests.fakes.world import World


def records_in_memory(world: World) -> Iterator[LeadRecord]:
    leads = {lead for lead, _ in world.enrolments.rows} | set(world.profiles.rows)
    for lead in sorted(leads):
        yield LeadRecord(
            lead=lead,
            profile=world.profiles.rows.get(lead),
            gate=world.gates.rows.get(lead, Gate(lead=lead)),
            enrolments=tuple(row for row in world.enrolments.rows.values() if row.lead == lead),
            messages=tuple(row for row in world.ledger.rows.values() if row.lead == lead),
        )


def ended(records: Iterable[LeadRecord], now: datetime) -> list[Message]:
    return [each for record in records for each in as_it_ended(record, now).messages]
