"""The lead's gate item; its flags are written at once and never taken back by a repeat."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.table import Action, ConditionFailed, Table, lead_key
from coldframe.domain.client_pause import Pause
from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.preferences import Preferences

if TYPE_CHECKING:
    from coldframe.services.ports.surges import SurgeRecord

SORT = "G"
MOVED = "moved_to"
_NOTHING_CHOSEN = "attribute_not_exists(#preferred_at)"
_NOT_HELD = "attribute_not_exists(#held_until)"


def gate_of(lead: str, item: Item) -> Gate:
    return Gate(
        lead=lead,
        revision=item.get("revision", 0),
        unsubscribed_at=_standing(item, Prohibition.UNSUBSCRIBED),
        complained_at=_standing(item, Prohibition.COMPLAINED),
        bounced_at=_standing(item, Prohibition.BOUNCED),
        erased_at=_standing(item, Prohibition.ERASED),
        with_sales_at=_standing(item, Prohibition.WITH_SALES),
        held_until=instant_or_none(item.get("held_until")),
        preferences=_preferences(item),
        reasons={each.value: why for each in Prohibition if (why := _reason(item, each))},
        lifted={
            each.value: instant(item[name])
            for each in Prohibition
            if (name := f"{each}_lifted_at") in item
        },
        mails=tuple(map(instant, item.get("mails", []))),
        tallies={name: tuple(map(instant, held)) for name, held in item.get("tallies", {}).items()},
        aliases=tuple(item.get("aliases", ())),
    )


def _preferences(item: Item) -> Preferences | None:
    if "preferred_at" not in item:
        return None
    held = item.get("preferences", {})
    return Preferences(
        at=instant(item["preferred_at"]),
        off=tuple(held.get("off", ())),
        paused_until=instant_or_none(held.get("paused_until")),
        a_week=held.get("a_week"),
        channels_off=tuple(held.get("channels_off", ())),
    )


def preferences_item(chosen: Preferences) -> Item:
    return {
        "off": chosen.off,
        "paused_until": chosen.paused_until,
        "a_week": chosen.a_week,
        "channels_off": chosen.channels_off,
    }


def _reason(item: Item, prohibition: Prohibition) -> str:
    """Of what was lifted nothing is left to say, also when it is forbidden again."""
    said, lifted = item.get(f"{prohibition}_why_at"), item.get(f"{prohibition}_lifted_at")
    return "" if said and lifted and said <= lifted else item.get(f"{prohibition}_why", "")


def _standing(item: Item, prohibition: Prohibition) -> datetime | None:
    at, lifted = item.get(f"{prohibition}_at"), item.get(f"{prohibition}_lifted_at")
    return instant(at) if at and (lifted is None or at > lifted) else None


def counting(table: Table, gate: Gate, after: Gate, *, requested_at: datetime | None) -> Action:
    """Count the mail, if the gate is still the one that was asked and nothing forbids the mail.

    The flags don't touch the revision, so both are named; a hold, and what the lead chose,
    are those that were asked about.
    """
    values: dict[str, object] = {
        "mails": after.mails,
        "next": gate.revision + 1,
        **({"tallies": after.tallies} if after.tallies else {}),
    }
    when = ["attribute_not_exists(#revision)"]
    if gate.revision:
        when = ["#revision = :read"]
        values["read"] = gate.revision
    free = [Prohibition.COMPLAINED, Prohibition.ERASED, *_of_the_address(gate)]
    if requested_at is None:
        free += [Prohibition.UNSUBSCRIBED, Prohibition.WITH_SALES]
        when.append("#held_until = :held" if gate.held_until else _NOT_HELD)
        values |= {"held": gate.held_until} if gate.held_until else {}
        chosen = gate.preferences
        when.append("#preferred_at = :chosen" if chosen else _NOTHING_CHOSEN)
        values |= {"chosen": chosen.at} if chosen else {}
    else:
        when.append(
            f"({_free_of(Prohibition.UNSUBSCRIBED, gate)} OR #unsubscribed_at <= :requested_at)"
        )
        values["requested_at"] = requested_at
    when += [_free_of(each, gate) for each in free]
    apart = ["#tallies = :tallies"] if after.tallies else []
    sets = ["SET #mails = :mails", *apart, "#revision = :next"]
    return table.update(
        lead_key(gate.lead, SORT),
        ", ".join(sets),
        when=" AND ".join(when),
        values=values,
    )


def _of_the_address(gate: Gate) -> tuple[Prohibition, ...]:
    return () if gate.elsewhere else (Prohibition.BOUNCED,)


def _free_of(prohibition: Prohibition, gate: Gate) -> str:
    """Nothing of the kind ever stood, or it was lifted before the gate was read."""
    if prohibition not in gate.lifted:
        return f"attribute_not_exists(#{prohibition}_at)"
    never = f"attribute_not_exists(#{prohibition}_at)"
    return f"({never} OR #{prohibition}_at <= #{prohibition}_lifted_at)"


def _nobody_asks() -> None:
    return None


@dataclass(frozen=True, slots=True)
class DynamoGates:
    """For those who send: they are told with each gate of the client's pause, and of its surges."""

    table: Table
    pauses: Callable[[], Pause | None] = _nobody_asks
    surges: "SurgeRecord | None" = None

    def get(self, lead: str) -> Gate:
        item = self.table.get(lead_key(lead, SORT)) or {}
        while to := item.get(MOVED):
            lead, item = to, self.table.get(lead_key(to, SORT)) or {}
        gate = gate_of(lead, item)
        paused = self.pauses()
        gate = replace(gate, client_pause=paused) if paused else gate
        if self.surges is None:
            return gate
        never_mailed = gate.revision == 0
        return replace(gate, surges=self.surges.read(fresh=never_mailed))

    def of(self, leads: Collection[str]) -> Mapping[str, Gate]:
        found = self.table.get_all([lead_key(lead, SORT) for lead in leads])
        gates = ((pk.removeprefix("L#"), item) for (pk, _), item in found.items())
        return {
            lead: self.get(lead) if MOVED in item else gate_of(lead, item) for lead, item in gates
        }

    def forbid(
        self,
        lead: str,
        prohibition: Prohibition,
        at: datetime,
        why: str = "",
        *,
        mailed_at: datetime | None = None,
    ) -> None:
        """The latest instant is kept, so a repeat or a late copy changes nothing."""
        also = {f"{prohibition}_why": why, f"{prohibition}_why_at": at} if why else {}
        own = _own_before(prohibition, mailed_at)
        self._keep_latest(lead, f"#{prohibition}_at", at, own, **also)

    def lift(
        self,
        lead: str,
        prohibition: Prohibition,
        at: datetime,
        *,
        mailed_at: datetime | None = None,
    ) -> None:
        own = _own_before(prohibition, mailed_at)
        self._keep_latest(lead, f"#{prohibition}_lifted_at", at, own)

    def hold(self, lead: str, until: datetime) -> None:
        self._keep_latest(lead, "#held_until", until)

    def prefer(self, lead: str, chosen: Preferences) -> None:
        told = preferences_item(chosen)
        self._keep_latest(lead, "#preferred_at", chosen.at, preferences=told)

    def _keep_latest(
        self, lead: str, flag: str, at: datetime, own: datetime | None = None, **also: object
    ) -> None:
        """Of who was moved, the person's gate; but the old one for what is older than ``own``."""
        besides = "".join(f", #{name} = :{name}" for name in also)
        here = f"attribute_not_exists(#{MOVED})"
        values: dict[str, object] = {"at": at, **also}
        if own is not None:
            here = (
                f"({here} OR #moved_at > :mailed_at) AND"
                " (attribute_not_exists(#address_since) OR #address_since <= :mailed_at)"
            )
            values["mailed_at"] = own
        try:
            self.table.write(
                self.table.update(
                    lead_key(lead, SORT),
                    f"SET {flag} = :at{besides}",
                    when=f"{here} AND (attribute_not_exists({flag}) OR {flag} < :at)",
                    values=values,
                )
            )
        except ConditionFailed as lost:
            item = lost.item or {}
            if (to := item.get(MOVED)) and not (own and instant(item["moved_at"]) > own):
                self._keep_latest(to, flag, at, own, **also)


def _own_before(prohibition: Prohibition, mailed_at: datetime | None) -> datetime | None:
    """A bounce belongs to the address that was mailed: until it was moved, an identity's own."""
    return mailed_at if prohibition is Prohibition.BOUNCED else None
