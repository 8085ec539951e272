"""What was observed of one message, beside the profile and never in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import ConditionFailed, Table, TransactionFailed, lead_key, shard_of
from coldframe.adapters.touchpoints import putting
from coldframe.domain.errors import StaleLead
from coldframe.domain.evidence import Evidence
from coldframe.domain.humanness import Reason
from coldframe.domain.observation import Observation, Verdict
from coldframe.domain.touchpoint import Touchpoint

PREFIX = "O#"


def observation_of(item: Item) -> Observation:
    return Observation(
        lead=item["pk"].removeprefix("L#"),
        message=item["sk"].removeprefix(PREFIX),
        evidence={
            touchpoint: Evidence(
                at=instant(seen["at"]),
                link=seen.get("link"),
                agent=seen["agent"],
                is_bot=seen["is_bot"],
                method=seen.get("method", "GET"),
                network=seen.get("network", ""),
            )
            for touchpoint, seen in item["evidence"].items()
        },
        verdict=Verdict(item["verdict"]),
        human=item.get("human"),
        opened=item.get("opened"),
        reasons=tuple(Reason(each) for each in item.get("reasons", ())),
        decide_at=instant_or_none(item.get("decide_at")),
        revision=item["revision"],
    )


@dataclass(frozen=True, slots=True)
class DynamoObservations:
    table: Table

    def get(self, lead: str, message: str) -> Observation:
        item = self.table.get(lead_key(lead, PREFIX + message))
        return observation_of(item) if item else Observation(lead=lead, message=message)

    def save(self, before: Observation, after: Observation, derived: Sequence[Touchpoint]) -> None:
        key = lead_key(after.lead, PREFIX + after.message)
        known = "#revision = :read" if before.revision else "attribute_not_exists(#sk)"
        values = {"read": before.revision} if before.revision else {}
        kept = self.table.put(key, _item(key[0], before, after), when=known, values=values)
        try:
            if derived:  # a transaction costs twice the write
                self.table.transact([kept, *(putting(self.table, each) for each in derived)])
            else:
                self.table.write(kept)
        except (ConditionFailed, TransactionFailed) as error:
            raise StaleLead(after.lead) from error


def _item(partition: str, before: Observation, after: Observation) -> dict[str, Any]:
    """In the due index while it waits for its verdict."""
    due = after.decide_at
    return {
        "evidence": {
            touchpoint: {
                "at": seen.at,
                "link": seen.link,
                "agent": seen.agent,
                "is_bot": seen.is_bot,
                "method": seen.method,
                "network": seen.network,
            }
            for touchpoint, seen in after.evidence.items()
        },
        "verdict": after.verdict,
        "human": after.human,
        "opened": after.opened,
        "reasons": after.reasons,
        "decide_at": due,
        "revision": max(after.revision, before.revision + 1),
        "due_shard": shard_of(partition, "due") if due else None,
        "due_at": due,
    }
