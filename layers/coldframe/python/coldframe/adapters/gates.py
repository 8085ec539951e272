"""The lead's gate item; its flags are written at once and never taken back by a repeat."""

from dataclasses import dataclass
from datetime import datetime

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import Action, ConditionFailed, Table, lead_key
from coldframe.domain.gate import Gate, Prohibition

SORT = "G"


def gate_of(lead: str, item: Item) -> Gate:
    return Gate(
        lead=lead,
        revision=item.get("revision", 0),
        unsubscribed_at=instant_or_none(item.get("unsubscribed_at")),
        complained_at=instant_or_none(item.get("complained_at")),
        bounced_at=instant_or_none(item.get("bounced_at")),
        erased_at=instant_or_none(item.get("erased_at")),
        with_sales_at=instant_or_none(item.get("with_sales_at")),
        mails=tuple(map(instant, item.get("mails", []))),
    )


def counting(table: Table, gate: Gate, after: Gate, *, requested_at: datetime | None) -> Action:
    """Count the mail, if the gate is still the one that was asked and nothing forbids the mail.

    The flags don't touch the revision, so both are named.
    """
    values: dict[str, object] = {"mails": after.mails, "next": gate.revision + 1}
    when = ["attribute_not_exists(#revision)"]
    if gate.revision:
        when = ["#revision = :read"]
        values["read"] = gate.revision
    free = [Prohibition.COMPLAINED, Prohibition.BOUNCED, Prohibition.ERASED]
    if requested_at is None:
        free += [Prohibition.UNSUBSCRIBED, Prohibition.WITH_SALES]
    else:
        when.append("(attribute_not_exists(#unsubscribed_at) OR #unsubscribed_at <= :requested_at)")
        values["requested_at"] = requested_at
    when += [f"attribute_not_exists(#{each}_at)" for each in free]
    return table.update(
        lead_key(gate.lead, SORT),
        "SET #mails = :mails, #revision = :next",
        when=" AND ".join(when),
        values=values,
    )


@dataclass(frozen=True, slots=True)
class DynamoGates:
    table: Table

    def get(self, lead: str) -> Gate:
        return gate_of(lead, self.table.get(lead_key(lead, SORT)) or {})

    def forbid(self, lead: str, prohibition: Prohibition, at: datetime) -> None:
        """The latest instant is kept, so a repeat or a late copy changes nothing."""
        flag = f"#{prohibition}_at"
        try:
            self.table.write(
                self.table.update(
                    lead_key(lead, SORT),
                    f"SET {flag} = :at",
                    when=f"attribute_not_exists({flag}) OR {flag} < :at",
                    values={"at": at},
                )
            )
        except ConditionFailed:
            return
