"""Companies in memory: what their leads add is read off the profiles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coldframe.domain.company import SOON, Member, company_id, member_of
from coldframe.domain.profile import Profile
from coldframe.services.ports.companies import Due
from tests.fakes.writes import Writes


@dataclass(slots=True)
class InMemoryCompanies:
    writes: Writes
    rows: dict[str, dict[str, Member]] = field(default_factory=dict)
    """Company → lead → what it adds."""
    heads: dict[str, tuple[str, int, datetime | None]] = field(default_factory=dict)
    """Company → its domain, how often it changed, and since when its leads are to hear."""

    def put(self, before: Profile | None, after: Profile) -> None:
        was, now = member_of(before), member_of(after)
        if was == now:
            return
        at = max(filter(None, (after.last_seen, after.standing.at, after.created_at)))
        for each in {each.company for each in (was, now) if each}:
            domain, revision, due_at = self.heads.get(company_id(each), (each, 0, None))
            self.heads[company_id(each)] = domain, revision + 1, due_at or at + SOON
        if was is not None:
            self.rows.get(company_id(was.company), {}).pop(after.lead, None)
        if now is not None:
            self.rows.setdefault(company_id(now.company), {})[after.lead] = now

    def due(self, company: str) -> Due | None:
        self.writes.reading()
        domain, revision, at = self.heads.get(company, ("", 0, None))
        return Due(company=company, domain=domain, revision=revision) if at else None

    def members(self, company: str, *, at_most: int) -> Mapping[str, Member]:
        self.writes.reading()
        return dict(sorted(self.rows.get(company, {}).items())[:at_most])

    def told(self, due: Due) -> None:
        with self.writes("companies.told"):
            domain, revision, _ = self.heads[due.company]
            if revision == due.revision:
                self.heads[due.company] = domain, revision, None
