"""The lead's profile, the decisions drawn with it, and its memberships, in one transaction."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from coldframe.adapters.attributes import Item, instant, instant_or_none
from coldframe.adapters.companies import colleagues_of, joining_company
from coldframe.adapters.counting import counts
from coldframe.adapters.standings import learned, learned_in
from coldframe.adapters.table import (
    Action,
    ConditionFailed,
    Table,
    TransactionFailed,
    lead_key,
    shard_of,
)
from coldframe.adapters.touchpoints import putting
from coldframe.domain.address_change import Moved
from coldframe.domain.consent import Consent
from coldframe.domain.counting import NOTHING, Counting
from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.erasure import is_gone
from coldframe.domain.errors import StaleLead, TooManyPosts
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.domain.touchpoint import Touchpoint

SORT = "P"
DECISION = "D#"
LEADS, TESTS = "leads", "tests"
"""What the roster lists profiles under; no topic is called so."""


def profile_of(item: Item) -> Profile:
    return Profile(
        lead=item["pk"].removeprefix("L#"),
        address=item["address"],
        created_at=instant(item["created_at"]),
        fields={name: Known(**_dated(known)) for name, known in item["fields"].items()},
        consents={topic: Consent(**_dated(given)) for topic, given in item["consents"].items()},
        withdrawn={topic: instant(at) for topic, at in item.get("withdrawn", {}).items()},
        seen={
            kind: tuple((instant(at), touchpoint) for at, touchpoint in newest)
            for kind, newest in item["seen"].items()
        },
        revision=item["revision"],
        erased_at=instant_or_none(item.get("erased_at")),
        offered=Known(**_dated(item["offered"])) if "offered" in item else None,
        offers=tuple(Known(**_dated(each)) for each in item.get("offers", ())),
        changes=tuple(map(_change, item.get("changes", ()))),
        company=item.get("company", ""),
        colleagues=colleagues_of(item.get("colleagues")),
        moved_to=item.get("moved_to", ""),
        moved_at=instant_or_none(item.get("moved_at")),
        aliases=tuple(item.get("aliases", ())),
        test=item.get("test", False),
        **learned_in(item),
    )


def decision_of(item: Item) -> Decision:
    return Decision(
        lead=item["pk"].removeprefix("L#"),
        id=item["sk"].removeprefix(DECISION),
        kind=DecisionKind(item["kind"]),
        cause=item["cause"],
        at=instant(item["at"]),
        journey=item["journey"],
        data=item.get("data", {}),
    )


@dataclass(frozen=True, slots=True)
class DynamoProfiles:
    table: Table

    def get(self, lead: str) -> Profile | None:
        found = self.own(lead)
        while found is not None and found.moved_to:
            found = self.own(found.moved_to)
        if found is None or found.lead == lead:
            return found
        return replace(found, lead=lead, person=found.lead)

    def own(self, lead: str) -> Profile | None:
        item = self.table.get(lead_key(lead, SORT))
        return profile_of(item) if item else None

    def of(self, leads: Collection[str]) -> Mapping[str, Profile]:
        found = self.table.get_all([lead_key(lead, SORT) for lead in leads])
        return {pk.removeprefix("L#"): profile_of(item) for (pk, _), item in found.items()}

    def save(
        self,
        before: Profile | None,
        after: Profile,
        decisions: Sequence[Decision],
        derived: Sequence[Touchpoint] = (),
        *,
        counting: Counting = NOTHING,
    ) -> None:
        saved = self.saving(before, after, decisions, derived)
        try:
            self._write([*saved, *counts(self.table, after.lead, counting)])
        except TransactionFailed as error:
            flooded = [number - len(saved) for number in sorted(error.lost)]
            if min(flooded) < 0:
                raise StaleLead(after.lead) from error
            signs = tuple(counting.paces[number].sign.value for number in flooded)
            raise TooManyPosts(signs) from error
        except ConditionFailed as error:
            raise StaleLead(after.lead) from error

    def saving(
        self,
        before: Profile | None,
        after: Profile,
        decisions: Sequence[Decision],
        derived: Sequence[Touchpoint] = (),
    ) -> list[Action]:
        """A derived touchpoint put again is no insert: nobody reacts to it twice."""
        actions = [self._decision(decision) for decision in decisions]
        if before is not after:
            actions += [self._profile(before, after), *self._memberships(before, after)]
            actions += joining_company(self.table, before, after)
        return [*actions, *(putting(self.table, each) for each in derived)]

    def _write(self, actions: Sequence[Action]) -> None:
        """A write that stands alone costs half of what it costs in a transaction."""
        if len(actions) == 1:
            self.table.write(actions[0])
        elif actions:
            self.table.transact(actions)

    def _decision(self, decision: Decision) -> Action:
        """Put again, a decision is no insert: it isn't carried out twice."""
        return self.table.put(
            lead_key(decision.lead, DECISION + decision.id),
            {
                "kind": decision.kind,
                "cause": decision.cause,
                "at": decision.at,
                "journey": decision.journey,
                "data": decision.data,
            },
        )

    def _profile(self, before: Profile | None, after: Profile) -> Action:
        key = lead_key(after.lead, SORT)
        item = {
            "address": after.address,
            "created_at": after.created_at,
            "fields": {name: _said(known) for name, known in after.fields.items()},
            "consents": {topic: _consent(given) for topic, given in after.consents.items()},
            "withdrawn": after.withdrawn or None,
            "seen": after.seen,
            "revision": after.revision,
            "erased_at": after.erased_at,
            "offered": _said(after.offered) if after.offered else None,
            "offers": [_said(each) for each in after.offers] or None,
            "changes": [asdict(each) for each in after.changes] or None,
            "company": after.company or None,
            "colleagues": asdict(after.colleagues) if after.colleagues else None,
            "moved_to": after.moved_to or None,
            "moved_at": after.moved_at,
            "aliases": after.aliases or None,
            "test": after.test or None,
            "member_shard": shard_of(key[0], _roster(after)) if _is_there(after) else None,
            **learned(after),
        }
        if before is None:
            return self.table.put(key, item, when="attribute_not_exists(#sk)")
        item["revision"] = max(after.revision, before.revision + 1)
        return self.table.put(key, item, when="#revision = :read", values={"read": before.revision})

    def _memberships(self, before: Profile | None, after: Profile) -> Iterator[Action]:
        had = set(before.consents) if before else set[str]()
        for topic in sorted(had ^ set(after.consents)):
            key = lead_key(after.lead, f"A#{topic}")
            if topic in had:
                yield self.table.delete(key)
            else:
                yield self.table.put(key, {"member_shard": shard_of(key[0], topic)})


def _roster(profile: Profile) -> str:
    """No walk over the leads comes by who is none."""
    return TESTS if profile.test else LEADS


def _is_there(profile: Profile) -> bool:
    return not profile.moved_to and not is_gone(profile)


def _said(known: Known) -> dict[str, Any]:
    marks = {name: True for name in ("filled", "by_server") if getattr(known, name)}
    return {"value": known.value, "at": known.at, "by": known.by, **marks}


def _consent(given: Consent) -> dict[str, Any]:
    held = {"at": given.at, "by": given.by, "source": given.source, "text": given.text}
    told = {"confirmed": given.confirmed, "proof": given.proof, "basis": given.basis}
    return {**held, **{name: value for name, value in told.items() if value}}


def _change(stored: Mapping[str, Any]) -> Moved:
    return Moved(**{**_dated(stored), "undoes": instant_or_none(stored.get("undoes"))})


def _dated(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {**stored, "at": instant(stored["at"])}
