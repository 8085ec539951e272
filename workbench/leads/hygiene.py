"""What is wrong with leads: twins, gone cold, half known, out of reach, or never touched."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from coldframe.domain.profile import Profile
from coldframe.domain.record import LeadRecord
from infra.playbook.compiled import CompiledClient
from infra.playbook.declared import FieldType
from workbench.leads.duplicates import suggested

STALE_AFTER = timedelta(days=180)


class Fault(StrEnum):
    DUPLICATE = "duplicate"
    STALE = "stale"
    MISSING = "missing"
    INVALID = "invalid"
    NEVER_TOUCHED = "never touched"


ABOUT = {
    Fault.DUPLICATE: "may be the same person as another; `coldframe leads merge` makes them one",
    Fault.STALE: "did nothing itself for so long",
    Fault.MISSING: "lacks what your forms demand",
    Fault.INVALID: "its address bounced for good, or it reported a mail as spam",
    Fault.NEVER_TOUCHED: "was never written to, and never did a thing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    address: str
    fault: Fault
    detail: str
    since: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Hygiene:
    """``written_to``: whether any mail was ever claimed for a lead; ``apart``: whether a person
    said that two aren't the same. Both are asked of few."""

    key_fields: Sequence[str]
    phones: Sequence[str]
    now: datetime
    stale_after: timedelta
    written_to: Callable[[str], bool]
    apart: Callable[[str, str], bool] = lambda _, __: False
    leads: int = 0
    counts: Counter[Fault] = field(default_factory=Counter)

    def findings(self, records: Iterable[LeadRecord]) -> Iterator[Finding]:
        """As they are found in one walk; twins are told behind it, once all are known."""
        found: list[Finding] = []
        for pair in suggested(self._passing(records, found), self.phones):
            yield from self._counted(found)
            if self.apart(pair.one.lead, pair.other.lead):
                continue
            detail = f"{pair.other.address}: {', '.join(pair.reasons)}"
            twin = Finding(address=pair.one.address, fault=Fault.DUPLICATE, detail=detail)
            yield from self._counted([twin])
        yield from self._counted(found)

    def _counted(self, found: list[Finding]) -> Iterator[Finding]:
        for each in found:
            self.counts[each.fault] += 1
            yield each
        found.clear()

    def _passing(self, records: Iterable[LeadRecord], found: list[Finding]) -> Iterator[Profile]:
        for record in records:
            if record.profile is None or not record.profile.address:
                continue
            self.leads += 1
            found += self._of(record, record.profile)
            yield record.profile

    def _of(self, record: LeadRecord, profile: Profile) -> Iterator[Finding]:
        address, gate = profile.address, record.gate
        for what, at in (("bounced", gate.bounced_at), ("complained", gate.complained_at)):
            if at:
                yield Finding(address=address, fault=Fault.INVALID, detail=what, since=at)
        if missing := [name for name in self.key_fields if name not in profile.fields]:
            yield Finding(address=address, fault=Fault.MISSING, detail=", ".join(missing))
        seen = profile.last_seen
        if seen is not None and self.now - seen > self.stale_after:
            days = f"{(self.now - seen).days} days"
            yield Finding(address=address, fault=Fault.STALE, detail=days, since=seen)
        if seen is None and not self.written_to(profile.lead):
            since = profile.created_at
            yield Finding(address=address, fault=Fault.NEVER_TOUCHED, detail="", since=since)


def key_fields(compiled: CompiledClient) -> tuple[str, ...]:
    """What the client's forms demand of everybody who fills them in."""
    demanded = [
        {each.name for each in form.fields if each.required and each.type != "consent"}
        for form in compiled.forms.values()
    ]
    everywhere = set.intersection(*demanded) if demanded else set[str]()
    return tuple(name for name in compiled.fields if name in everywhere)


def phones(compiled: CompiledClient) -> tuple[str, ...]:
    return tuple(name for name, each in compiled.fields.items() if each.type is FieldType.PHONE)
