"""What SES itself suppresses is suppressed here too: a second net under the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from coldframe.domain.errors import InvalidAddress
from coldframe.domain.gate import Prohibition
from coldframe.domain.lead import normal_address

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Gates, Profiles

LOOKS_BACK = timedelta(days=3)
"""It runs daily; a day or two may be missed."""
BY_SES = "on_ses_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    address: str
    complained: bool
    """Else it bounced."""
    at: datetime


class Suppressions(Protocol):
    def since(self, at: datetime) -> Iterable[Suppressed]:
        """What SES has suppressed for this client from then on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciling:
    suppressions: Suppressions
    lead_of: Callable[[str], str]
    """From an address in its normal form."""
    profiles: Profiles
    gates: Gates
    clock: Clock

    def __call__(self) -> int:
        """How many gates were shut. Addresses of nobody we know are passed over."""
        shut = 0
        for one in self.suppressions.since(self.clock.now() - LOOKS_BACK):
            try:
                lead = self.lead_of(normal_address(one.address))
            except InvalidAddress:
                continue
            shut += self._shut(lead, one)
        return shut

    def _shut(self, lead: str, one: Suppressed) -> bool:
        prohibition = Prohibition.COMPLAINED if one.complained else Prohibition.BOUNCED
        gate = self.gates.get(lead)
        stands = gate.complained_at if one.complained else gate.bounced_at
        lifted = gate.lifted.get(prohibition)
        if stands or (lifted and lifted >= one.at) or self.profiles.get(lead) is None:
            return False
        self.gates.forbid(lead, prohibition, one.at, BY_SES)
        return True
