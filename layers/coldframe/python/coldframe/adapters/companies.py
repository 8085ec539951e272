"""Companies: an item for what each lead adds, written with its profile, and one that is due."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import Action, ConditionFailed, Key, Table, shard_of
from coldframe.domain.company import SOON, Colleagues, Member, company_id, member_of
from coldframe.domain.profile import Profile
from coldframe.services.ports.companies import Due

COMPANY: Final = "C#"
LEAD: Final = "L#"
HEAD: Final = "C"
"""Of a company: in the due index while its leads have something to hear."""


def joining_company(table: Table, before: Profile | None, after: Profile) -> Iterator[Action]:
    """What the lead adds, if that is another now; whose colleagues then hear of it soon."""
    was, now = member_of(before), member_of(after)
    if was == now:
        return
    at = max(filter(None, (after.last_seen, after.standing.at, after.created_at)))
    if was is not None and (now is None or now.company != was.company):
        yield table.delete(_key(was.company, LEAD + after.lead))
        yield _due(table, was.company, at + SOON)
    if now is not None:
        yield table.put(_key(now.company, LEAD + after.lead), asdict(now))
        yield _due(table, now.company, at + SOON)


def _due(table: Table, domain: str, at: datetime) -> Action:
    """The first change sets the instant; those until then are told with it."""
    key = _key(domain, HEAD)
    return table.update(
        key,
        "SET #domain = :domain, #due_shard = :shard, #due_at = if_not_exists(#due_at, :at)"
        " ADD #revision :one",
        values={"domain": domain, "shard": shard_of(key[0], "due"), "at": at, "one": 1},
    )


def is_company(key: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether this, as DynamoDB is told it, is a company itself: two leads may have one."""
    return key["pk"]["S"].startswith(COMPANY) and key["sk"]["S"] == HEAD


def _key(domain: str, sort: str) -> Key:
    return COMPANY + company_id(domain), sort


def colleagues_of(held: Mapping[str, Any] | None) -> Colleagues | None:
    if held is None:
        return None
    until = tuple(map(instant, held["active_until"]))
    return Colleagues(**{**held, "active_until": until, "at": instant(held["at"])})


@dataclass(frozen=True, slots=True)
class DynamoCompanies:
    table: Table

    def due(self, company: str) -> Due | None:
        head = self.table.get((COMPANY + company, HEAD))
        if head is None or "due_at" not in head:
            return None
        return Due(company=company, domain=head["domain"], revision=head["revision"])

    def members(self, company: str, *, at_most: int) -> Mapping[str, Member]:
        rows = self.table.query(
            "#pk = :pk AND begins_with(#sk, :lead)",
            limit=at_most,
            pk=COMPANY + company,
            lead=LEAD,
        )
        return {
            row["sk"].removeprefix(LEAD): _member(row)
            for _, row in zip(range(at_most), rows, strict=False)
        }

    def told(self, due: Due) -> None:
        with suppress(ConditionFailed):
            self.table.write(
                self.table.update(
                    (COMPANY + due.company, HEAD),
                    "REMOVE #due_at, #due_shard",
                    when="#revision = :told",
                    values={"told": due.revision},
                )
            )


def _member(row: Item) -> Member:
    return Member(
        company=row["company"],
        active_until=instant_or_none(row.get("active_until")),
        lifecycle=row["lifecycle"],
        name=row["name"],
        named_at=instant_or_none(row.get("named_at")),
    )
