"""Leads hear of their company when a colleague changes it: soon, of all changes at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.company import MOST, told_to

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Touchpoints
    from coldframe.services.ports.companies import Companies


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingColleagues:
    companies: Companies
    touchpoints: Touchpoints
    clock: Clock

    def __call__(self, company: str) -> None:
        """What became due after this was read is told by another."""
        due = self.companies.due(company)
        if due is None:
            return
        members = self.companies.members(company, at_most=MOST)
        for lead in members:
            news = told_to(
                lead, members.values(), due.domain, revision=due.revision, now=self.clock.now()
            )
            self.touchpoints.append(news)
        self.companies.told(due)
