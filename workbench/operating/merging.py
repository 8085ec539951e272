"""Two leads become one because a person says so, or stay two for good."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from coldframe.adapters.attributes import Item
from coldframe.adapters.table import ConditionFailed, Table, lead_key
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.instants import milliseconds
from coldframe.domain.joined_gates import joined_gates
from coldframe.domain.merging import elder_first, linked
from coldframe.domain.profile import Profile
from coldframe.domain.record import LeadRecord
from workbench.leads.sources import Reached

APART: Final = "N#"
"""Under each of two leads of whom a person said that they aren't one."""
SOURCE: Final = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    survivor: LeadRecord
    other: LeadRecord
    kept: Profile
    lost: Profile

    def lines(self) -> Iterator[str]:
        """What a merge would do, in words."""
        kept, lost = self.kept, self.lost
        yield f"{lost.address} becomes {kept.address}, who has been known for longer"
        yield f"mails go to {kept.address} from then on"
        yield f"{len(self.other.touchpoints)} touchpoints are told of {kept.address} as well"
        yield from self._fields()
        yield from self._gate()
        yield from self._journeys()
        yield f"links in mails that {lost.address} got act for {kept.address}"
        yield "a merge can't be undone"

    def _fields(self) -> Iterator[str]:
        for name, known in sorted(self.lost.fields.items()):
            held = self.kept.fields.get(name)
            if held is None or (known.at > held.at and known.value != held.value):
                was = f", until now {held.value!r}" if held else ""
                yield f"{name} becomes {known.value!r}{was}"

    def _gate(self) -> Iterator[str]:
        before = self.survivor.gate
        after = joined_gates(before, self.other.gate)
        for name, words in (
            ("unsubscribed_at", "unsubscribed"),
            ("complained_at", "held back for a complaint"),
            ("with_sales_at", "in sales’ hands"),
        ):
            if getattr(after, name) and not getattr(before, name):
                yield f"{self.kept.address} is {words}, as {self.lost.address} is"
        if self.other.gate.bounced_at:
            yield f"{self.lost.address} bounced; that stays with that address"

    def _journeys(self) -> Iterator[str]:
        mine, theirs = (_running(each) for each in (self.survivor, self.other))
        for journey in sorted(mine & theirs):
            yield f"of two passages of {journey} the one that began first goes on"
        for journey in sorted(theirs - mine):
            yield f"{journey} goes on"


def _running(record: LeadRecord) -> set[str]:
    closed = EnrolmentStatus.CLOSED
    return {each.journey for each in record.enrolments if each.status is not closed}


def planned(one: LeadRecord, other: LeadRecord) -> Plan | None:
    """None: they are one already."""
    if one.lead == other.lead or one.profile is None or other.profile is None:
        return None
    kept, lost = elder_first(one.profile, other.profile)
    survivor, loser = (one, other) if kept is one.profile else (other, one)
    return Plan(survivor=survivor, other=loser, kept=kept, lost=lost)


def ask(found: Reached, plan: Plan, *, why: str) -> None:
    """The functions merge them in a moment; asked again, it is asked once."""
    table, at = found.deployed.records.table, milliseconds(found.now())
    asked = linked(plan.kept.lead, plan.lost.lead, why=why, by=SOURCE, at=at)
    DynamoTouchpoints(table).append(asked)


def keep_apart(table: Table, one: str, other: str, *, at: str, why: str) -> None:
    for mine, theirs in ((one, other), (other, one)):
        item = {"at": at, "why": why}
        with suppress(ConditionFailed):
            table.write(
                table.put(lead_key(mine, APART + theirs), item, when="attribute_not_exists(#sk)")
            )


def kept_apart(table: Table, one: str, other: str) -> Item | None:
    return table.get(lead_key(one, APART + other))
