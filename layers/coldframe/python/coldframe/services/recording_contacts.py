"""A rep's own mail to a lead, told to us by a blind copy: the lead's nurturing rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coldframe.domain.erasure import is_gone
from coldframe.domain.replies.inbound import FAIL, Delivery, InboundMail, proven
from coldframe.domain.touchpoint import SALES_CONTACTED, record

if TYPE_CHECKING:
    from coldframe.services.ports import Gates, Playbook, Profiles, Touchpoints
    from coldframe.services.ports.replies import LeadIds

MOST = 20
"""Leads that one mail can hold: a letter to everybody is no conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecording:
    lead_of: LeadIds
    gates: Gates
    profiles: Profiles
    touchpoints: Touchpoints
    playbook: Playbook

    def __call__(self, mail: InboundMail, delivery: Delivery) -> int:
        """How many leads are held; none if From isn't proven, or is none of the client's people."""
        replies = self.playbook.client().replies
        team = replies.team if replies else ()
        trusted = mail.sender in team and proven(mail, delivery)
        if replies is None or not trusted or delivery.verdicts.virus == FAIL:
            return 0
        strangers = [each for each in mail.to if each not in team][:MOST]
        leads = [lead for lead in map(self.lead_of, strangers) if self._is_known(lead)]
        for lead in leads:
            self._hold(lead, mail, delivery, seconds=replies.hold)
        return len(leads)

    def _is_known(self, lead: str) -> bool:
        profile = None if self.gates.get(lead).erased_at else self.profiles.get(lead)
        return profile is not None and not is_gone(profile)

    def _hold(self, lead: str, mail: InboundMail, delivery: Delivery, *, seconds: int) -> None:
        """The gate first, as for a reply; nothing of the mail itself is kept."""
        self.gates.hold(lead, delivery.at + timedelta(seconds=seconds))
        self.touchpoints.append(
            record(
                lead=lead,
                kind=SALES_CONTACTED,
                source="blind_copy",
                received_at=delivery.at,
                own_id=mail.identity,
            )
        )
