"""May an order's mail go to its lead, and when: the questions, with all that they need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.gate import Gate
from coldframe.domain.local_time import spread
from coldframe.domain.profile import Profile
from coldframe.domain.sending import Answer, may_send
from coldframe.domain.splitting import held_out
from coldframe.services.looking_ahead import ahead
from coldframe.services.order import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coldframe.domain.conditions.facts import Facts
    from coldframe.domain.giving_way import Due
    from coldframe.services.ports import Enrolments, Ledger, Playbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    enrolments: Enrolments
    ledger: Ledger
    playbook: Playbook

    def __call__(
        self, order: Order, gate: Gate, profile: Profile | None, *, at: datetime
    ) -> Answer:
        lead = order.enrolment.lead
        return may_send(
            order.mail.kind,
            topic=order.mail.topic,
            gate=gate,
            profile=profile,
            client=self.playbook.client(),
            requested_at=order.enrolment.requested_at,
            now=at,
            already_counted=order.claim is not None,
            channel=order.channel,
            facts=lambda: self._facts(profile, at),
            ahead=self._ahead(order, profile, at),
            valid_until=order.mail.valid_until,
            journey=order.journey,
            held_out=held_out(order.step, journey=order.journey, lead=lead),
            spread=spread(lead, order.step.id),
            due_since=order.due_since,
        )

    def _ahead(
        self, order: Order, profile: Profile | None, now: datetime
    ) -> Callable[[], Sequence[Due]] | None:
        journey = order.journey
        if not journey.outranked or profile is None or order.claim is not None:
            return None
        from coldframe.domain.precedence import Rank

        below = Rank(priority=journey.priority, broadcasts=journey.below)
        return ahead(profile, below, self.enrolments, self.ledger, self.playbook, now=now)

    def _facts(self, profile: Profile | None, now: datetime) -> Facts:
        """Seldom asked: of caps that hold under a condition."""
        from coldframe.domain.known_facts import facts_of

        knowing = self.playbook.reactions().knowing
        return facts_of(profile, client=self.playbook.client(), knowing=knowing, now=now)
