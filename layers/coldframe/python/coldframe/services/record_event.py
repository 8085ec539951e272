"""A client's own server tells what a lead did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.errors import InvalidSubmission
from coldframe.domain.purchases import priced
from coldframe.domain.touchpoint import LOGIN_MADE, PURCHASE_MADE, REFUND_MADE, record

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Playbook, Touchpoints


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvent:
    """``event`` must be declared; ``own_id`` is the server's own, so that a repeat is harmless."""

    lead: str
    address: str
    event: str
    own_id: str
    occurred_at: datetime | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    source: str = "server"


TOLD_BY_SERVERS = frozenset({PURCHASE_MADE, REFUND_MADE, LOGIN_MADE})
"""Built in; all others must be declared."""
PRICED = frozenset({PURCHASE_MADE, REFUND_MADE})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecording:
    touchpoints: Touchpoints
    playbook: Playbook
    clock: Clock

    def __call__(self, command: RecordEvent) -> bool:
        """False: it was recorded before. InvalidSubmission names the bad field."""
        if not self._is_known(command.event):
            raise InvalidSubmission({"event": "This event isn't declared in events.yaml."})
        if not command.own_id:
            raise InvalidSubmission({"id": "An event needs its sender's own id."})
        data = command.data
        if command.event in PRICED:
            data = priced(data)
        return self.touchpoints.append(
            record(
                lead=command.lead,
                kind=command.event,
                source=command.source,
                received_at=self.clock.now(),
                occurred_at=command.occurred_at,
                data={**data, "address": command.address},
                own_id=command.own_id,
            )
        )

    def _is_known(self, event: str) -> bool:
        return event in TOLD_BY_SERVERS or event in self.playbook.reactions().events
