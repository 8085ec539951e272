"""Test leads are removed: everything that trying things out has left."""

from collections.abc import Callable, Iterator

from coldframe.adapters.everything import DynamoEverything
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.profiles import TESTS
from coldframe.domain.gate import Prohibition
from coldframe.domain.record import LeadRecord
from workbench.leads.roster import Roster
from workbench.leads.sources import Reached


def leads_of_testers(found: Reached) -> Iterator[LeadRecord]:
    """The index tells of them; a lead is one as long as its profile says so."""
    for record in Roster(table=found.deployed.records.table, roster=TESTS).records():
        if record.profile is not None and record.profile.test:
            yield record


def forgotten(found: Reached, tell: Callable[[LeadRecord], None]) -> int:
    """How many; each as a lead is that asks for it: the gate first, so that no mail is under way.

    Who posts again begins anew, and is a test lead again.
    """
    table, many = found.deployed.records.table, 0
    for record in list(leads_of_testers(found)):
        now = found.now()
        DynamoGates(table).forbid(record.lead, Prohibition.ERASED, now)
        DynamoEverything(table).erase(record.lead, now)
        tell(record)
        many += 1
    return many
