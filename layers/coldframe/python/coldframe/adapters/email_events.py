"""What SES tells of a message, on the message's item: each fact once, the first one wins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coldframe.adapters.messages import PREFIX, message_of
from coldframe.adapters.table import ConditionFailed, Table, lead_key
from coldframe.domain.message import Message, MessageState

PROOFS = frozenset({"sent", "sent_at", "delivered", "delivered_at"})
"""Facts that settle a mail whose outcome was in doubt."""


@dataclass(frozen=True, slots=True)
class DynamoEmailEvents:
    table: Table

    def of(self, lead: str) -> Sequence[Message]:
        rows = self.table.query(
            "#pk = :pk AND begins_with(#sk, :prefix)", pk=f"L#{lead}", prefix=PREFIX
        )
        return [message_of(item) for item in rows if "state" in item]

    def update(self, lead: str, message: str, facts: Mapping[str, str]) -> None:
        """One write; a second one only if the message's outcome was in doubt."""
        keep = ", ".join(f"#{name} = if_not_exists(#{name}, :{name})" for name in facts)
        if not PROOFS & facts.keys():
            self._try(lead, message, f"SET {keep}", "attribute_exists(#sk)", facts)
            return
        doubt = {"sending": MessageState.SENDING, "unknown": MessageState.UNKNOWN}
        settled = "attribute_exists(#sk) AND NOT #state IN (:sending, :unknown)"
        if self._try(lead, message, f"SET {keep}", settled, {**facts, **doubt}):
            return
        self._try(
            lead,
            message,
            f"SET #state = :sent_state, {keep}",
            "#state IN (:sending, :unknown)",
            {**facts, **doubt, "sent_state": MessageState.SENT},
        )

    def _try(
        self, lead: str, message: str, do: str, when: str, values: Mapping[str, object]
    ) -> bool:
        """False: there is no such message (another sender's), or its state is not the one asked."""
        key = lead_key(lead, PREFIX + message)
        try:
            self.table.write(self.table.update(key, do, when=when, values=values))
        except ConditionFailed:
            return False
        return True
