"""Identities that were moved: items under the person they belong to, and the merge's transaction.

A merge writes what is the person's into one place, and the mark into the other, or nothing at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.companies import is_company
from coldframe.adapters.gates import MOVED
from coldframe.adapters.gates import SORT as GATE
from coldframe.adapters.gates_joined import gates_joined
from coldframe.adapters.profiles import DECISION, DynamoProfiles
from coldframe.adapters.profiles import SORT as PROFILE
from coldframe.adapters.table import (
    Action,
    ConditionFailed,
    Table,
    TransactionFailed,
    lead_key,
    shard_of,
)
from coldframe.adapters.touchpoints import PREFIX as TOUCHPOINT
from coldframe.adapters.touchpoints import touchpoint_of
from coldframe.domain.errors import StaleLead
from coldframe.domain.identity import Identity
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.ports.identities import Merge

PREFIX = "I#"


@dataclass(frozen=True, slots=True)
class DynamoIdentities:
    table: Table

    def of(self, person: str) -> Sequence[Identity]:
        rows = self.table.query(
            "#pk = :pk AND begins_with(#sk, :prefix)", pk=f"L#{person}", prefix=PREFIX
        )
        return [identity_of(item) for item in rows]

    def get(self, person: str, identity: str) -> Identity | None:
        item = self.table.get(lead_key(person, PREFIX + identity))
        return identity_of(item) if item else None

    def write_to(self, person: str, *, since: datetime) -> None:
        """Each to its latest instant: a delivery there may have been told of before."""
        for flag in ("#bounced_lifted_at", "#address_since"):
            with suppress(ConditionFailed):
                self.table.write(
                    self.table.update(
                        lead_key(person, GATE),
                        f"SET {flag} = :at",
                        when=f"attribute_not_exists(#{MOVED}) AND"
                        f" (attribute_not_exists({flag}) OR {flag} < :at)",
                        values={"at": since},
                    )
                )

    def advance(self, identity: Identity) -> None:
        with suppress(ConditionFailed):
            self.table.write(self._identity(identity, when="attribute_exists(#sk)"))

    def history(self, identity: Identity, *, at_most: int) -> Sequence[Touchpoint]:
        rows = self.table.query(
            "#pk = :pk AND #sk BETWEEN :first AND :last",
            limit=at_most,
            pk=f"L#{identity.id}",
            first=f"{TOUCHPOINT}{identity.cursor}!" if identity.cursor else TOUCHPOINT,
            last=f"{TOUCHPOINT}~",
        )
        return [touchpoint_of(item) for item in islice(rows, at_most)]

    def was_reacted_to(self, lead: str, touchpoint: str) -> bool:
        rows = self.table.query(
            "#pk = :pk AND begins_with(#sk, :prefix)",
            limit=1,
            pk=f"L#{lead}",
            prefix=f"{DECISION}{touchpoint}#",
        )
        return next(iter(rows), None) is not None

    def merge(self, merge: Merge) -> None:
        profiles, survivor, loser = DynamoProfiles(self.table), merge.survivor, merge.mark
        actions = [
            *profiles.saving(survivor, merge.after, merge.decisions, merge.derived),
            *profiles.saving(merge.loser, loser, []),
            *gates_joined(self.table, survivor.lead, loser.lead, merge.identity.at),
            self._identity(merge.identity),
            *self._moved_before(survivor.lead, loser.lead),
        ]
        try:
            self.table.transact(_each_once(actions))
        except TransactionFailed as error:
            raise StaleLead(survivor.lead) from error

    def _moved_before(self, survivor: str, loser: str) -> Iterator[Action]:
        """Marks never chain: who was moved to the loser is the survivor's from now on."""
        for each in self.of(loser):
            for sort in (PROFILE, GATE):
                yield self.table.update(
                    lead_key(each.id, sort),
                    f"SET #{MOVED} = :to",
                    when=f"#{MOVED} = :from",
                    values={"to": survivor, "from": loser},
                )
            yield self.table.delete(lead_key(loser, PREFIX + each.id), when="attribute_exists(#sk)")
            yield self._identity(_under(each, survivor))

    def _identity(self, identity: Identity, *, when: str = "") -> Action:
        key = lead_key(identity.person, PREFIX + identity.id)
        due = {"due_shard": shard_of(key[0], "due"), "due_at": identity.due_at}
        item = {
            "address": identity.address,
            "at": identity.at,
            "why": identity.why,
            "by": identity.by,
            "cursor": identity.cursor,
            **(due if identity.due_at else {}),
        }
        return self.table.put(key, item, when=when)


def _each_once(actions: Iterable[Action]) -> list[Action]:
    """Both may tell one company that it has news; a transaction touches no item twice."""
    told: list[Mapping[str, Any]] = []
    found: list[Action] = []
    for action in actions:
        key = action.get("Update", {}).get("Key")
        if key and is_company(key):
            if key in told:
                continue
            told.append(key)
        found.append(action)
    return found


def identity_of(item: Item) -> Identity:
    return Identity(
        person=item["pk"].removeprefix("L#"),
        id=item["sk"].removeprefix(PREFIX),
        address=item["address"],
        at=instant(item["at"]),
        why=item["why"],
        by=item["by"],
        cursor=item["cursor"],
        due_at=instant_or_none(item.get("due_at")),
    )


def _under(identity: Identity, person: str) -> Identity:
    return replace(identity, person=person)
