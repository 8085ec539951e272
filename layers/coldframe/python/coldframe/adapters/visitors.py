"""Visits under their visitor, and the mark that says which lead that is."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from coldframe.adapters.attributes import Item, instant_or_none
from coldframe.adapters.table import ConditionFailed, Key, Table, TransactionFailed, lead_key
from coldframe.adapters.touchpoints import NEW, PREFIX, item_of, putting, touchpoint_of
from coldframe.domain.touchpoint import Touchpoint
from coldframe.domain.visitor import Identified, Name, NamedBy

MARK = "VISITOR"
OF_LEAD = "W#"
"""Under the lead: which visitors it turned out to be."""


@dataclass(frozen=True, slots=True)
class DynamoVisits:
    table: Table

    def put(self, visit: Touchpoint, *, until: datetime) -> bool:
        key = lead_key(visit.lead, PREFIX + visit.id)
        item = {**item_of(visit), "expires_at": int(until.timestamp())}
        try:
            self.table.write(self.table.put(key, item, when=NEW))
        except ConditionFailed:
            return False
        return True


@dataclass(frozen=True, slots=True)
class DynamoVisitors:
    table: Table

    def identified(self, visitor: str) -> Identified | None:
        item = self.table.get(_mark(visitor))
        return _identified(item) if item else None

    def identify(self, visitor: str, person: Sequence[str], name: Name) -> Identified:
        known = self.identified(visitor) or self._first(visitor, person[0], name)
        if known.lead not in person:
            self._close(visitor, name.at)
            return known
        again = known.named_again(name)
        if again == known or self._widen(visitor, known, again):
            return again
        return self.identify(visitor, person, name)

    def _first(self, visitor: str, lead: str, name: Name) -> Identified:
        """With its place in the lead's own list: what is erased with it is found from there.
        Who loses has written nothing."""
        mark: Item = {"lead": lead, "at": name.at, "by": name.by}
        if name.confirmed:
            mark["evident"] = True
        if name.since:
            mark["owned_from"] = name.since
        listed = self.table.put(lead_key(lead, OF_LEAD + visitor), {"at": name.at})
        try:
            self.table.transact([self.table.put(_mark(visitor), mark, when=NEW), listed])
        except TransactionFailed as error:
            return _identified(error.lost[0] or mark)
        return _identified(mark)

    def _widen(self, visitor: str, known: Identified, again: Identified) -> bool:
        """Only ever to an earlier instant, and to more evidence. False: somebody else just did."""
        kept = {"owned_from": again.since, "evident": again.evident or None}
        told = {name: value for name, value in kept.items() if value}
        do = " ".join(
            [
                "SET " + ", ".join(f"#{name} = :{name}" for name in told) if told else "",
                "" if again.since else "REMOVE #owned_from",
            ]
        )
        when = "#owned_from = :read" if known.since else "attribute_not_exists(#owned_from)"
        values = {**told, **({"read": known.since} if known.since else {})}
        try:
            self.table.write(
                self.table.update(
                    _mark(visitor), do, when=f"attribute_exists(#sk) AND {when}", values=values
                )
            )
        except ConditionFailed:
            return False
        return True

    def _close(self, visitor: str, at: datetime) -> None:
        """At the earliest instant at which somebody else was there."""
        with suppress(ConditionFailed):
            self.table.write(
                self.table.update(
                    _mark(visitor),
                    "SET #until = :at",
                    when="attribute_exists(#sk) AND (attribute_not_exists(#until) OR #until > :at)",
                    values={"at": at},
                )
            )

    def visits(self, visitor: str, *, most: int) -> Sequence[Touchpoint]:
        rows = self.table.query(
            "#pk = :pk AND begins_with(#sk, :prefix)",
            backwards=True,
            limit=most,
            pk=f"L#{visitor}",
            prefix=PREFIX,
        )
        return [touchpoint_of(item) for item in islice(rows, most)]

    def move(self, visit: Touchpoint, lead: str) -> None:
        """Appended first: whatever dies between the two writes, none is lost or doubled."""
        told = replace(visit, lead=lead, data={**visit.data, "visitor": visit.lead})
        with suppress(ConditionFailed):
            self.table.write(putting(self.table, told, when=NEW))
        self.table.write(self.table.delete(lead_key(visit.lead, PREFIX + visit.id)))

    def forget(self, visitor: str) -> None:
        """Whatever lies there: the visitor is a stranger again."""
        for item in self.table.query("#pk = :pk", pk=f"L#{visitor}"):
            self.table.write(self.table.delete((item["pk"], item["sk"])))


def _mark(visitor: str) -> Key:
    return lead_key(visitor, MARK)


def _identified(item: Item) -> Identified:
    return Identified(
        lead=item["lead"],
        by=NamedBy(item.get("by", NamedBy.FORM)),
        since=instant_or_none(item.get("owned_from")),
        until=instant_or_none(item.get("until")),
        evident=item.get("evident", False),
    )
