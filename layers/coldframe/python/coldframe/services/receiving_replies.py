"""A mail came to the client's replies' mailbox: whose it is, what it is, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.enrolment import message_id
from coldframe.domain.erasure import is_gone
from coldframe.domain.gate import Prohibition
from coldframe.domain.replies.inbound import Delivery, InboundMail, proven
from coldframe.domain.replies.nature import Nature, nature_of
from coldframe.domain.replies.stopping import asks_to_stop
from coldframe.domain.touchpoint import EMAIL_REPLIED, UNSUBSCRIBED, record
from coldframe.services.forwarding import Forwarding
from coldframe.services.ports.replies import Forward, Inbox, LeadIds, ReplyAddresses
from coldframe.services.recording_contacts import ContactRecording

if TYPE_CHECKING:
    from coldframe.domain.message import Message
    from coldframe.domain.playbook import Client
    from coldframe.domain.profile import Profile
    from coldframe.services.ports import Gates, Ledger, Playbook, Profiles, Touchpoints


LONGEST_KEPT = 4_000
"""Characters of a reply that the touchpoint keeps."""
CONTACT, UNPROVEN, OURS, STOP, UNMATCHED = "contact", "unproven", "ours", "stop", "unmatched"
"""What became of a mail, beside what nature_of says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Who wrote, as far as we know; ``profile`` None: no lead of ours."""

    lead: str
    profile: Profile | None
    answered: Message | None = None
    by_address: bool = False
    """The mail came to an address that we made for this lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingReplies:
    inbox: Inbox
    addresses: ReplyAddresses
    lead_of: LeadIds
    gates: Gates
    profiles: Profiles
    touchpoints: Touchpoints
    ledger: Ledger
    forwarding: Forwarding
    playbook: Playbook

    def __call__(self, delivery: Delivery) -> str:
        """What it was: a Nature, ``stop``, ``unmatched``, ``ours``, ``contact`` or ``unproven``.

        Every write may be repeated: all instants and ids derive from the receipt and the mail.
        """
        mail = self.inbox.read(delivery.id)
        if any(map(self.addresses.is_blind_copy, delivery.recipients)):
            return CONTACT if self._contacts()(mail, delivery) else UNPROVEN
        who = self._correspondent(mail, delivery)
        nature = nature_of(mail, delivery)
        if nature is Nature.SPAM and who.by_address and self._is_the_leads(mail, delivery, who):
            nature = Nature.REPLY
        if nature is not Nature.REPLY:
            return nature.value
        client = self.playbook.client()
        if client.replies and mail.sender in client.replies.team and not self._wrote(mail, who):
            return OURS
        return self._reply(mail, delivery, who, client)

    def _reply(
        self, mail: InboundMail, delivery: Delivery, who: Correspondent, client: Client
    ) -> str:
        forward = Forward(
            id=message_id(mail.identity, "forward"),
            lead=who.lead,
            mail=mail,
            profile=who.profile,
            answers=who.answered.mail if who.answered else "",
        )
        outcome = UNMATCHED
        if who.profile is not None:
            outcome = STOP if _stops(mail, client) else Nature.REPLY.value
            forward = self._take_note(forward, delivery, who, client, stops=outcome == STOP)
        self.forwarding(forward, answered=who.answered, at=delivery.at)
        return outcome

    def _take_note(
        self,
        forward: Forward,
        delivery: Delivery,
        who: Correspondent,
        client: Client,
        *,
        stops: bool,
    ) -> Forward:
        """The gate first: from then on no mail is claimed, whatever becomes of the rest."""
        until = None if stops else delivery.at + timedelta(seconds=_hold(client))
        if stops:
            self.gates.forbid(who.lead, Prohibition.UNSUBSCRIBED, delivery.at)
        if until:
            self.gates.hold(who.lead, until)
        self._append(EMAIL_REPLIED, forward.mail, who, delivery.at)
        if stops:
            self._append(UNSUBSCRIBED, forward.mail, who, delivery.at)
        return replace(forward, held_until=until, unsubscribed=stops)

    def _append(self, kind: str, mail: InboundMail, who: Correspondent, at: datetime) -> None:
        answered = who.answered
        told: dict[str, object] = {}
        if kind == EMAIL_REPLIED:
            told["text"] = mail.words[:LONGEST_KEPT]
        if answered is not None:
            told |= {"message": answered.id, "mail": answered.mail}
            told |= {"enrolment": answered.enrolment, "journey": answered.journey}
        self.touchpoints.append(
            record(
                lead=who.lead,
                kind=kind,
                source="reply",
                received_at=at,
                data=told,
                own_id=mail.identity,
            )
        )

    def _correspondent(self, mail: InboundMail, delivery: Delivery) -> Correspondent:
        """By the address that was answered; else by the one it came from, if that is proven."""
        for address in delivery.recipients:
            if (made := self.addresses.answered(address)) is not None:
                return Correspondent(
                    lead=made.lead,
                    profile=self._known(made.lead),
                    answered=self.ledger.message(made.lead, made.message),
                    by_address=True,
                )
        lead = self.lead_of(mail.sender or mail.headers.get("from", ""))
        return Correspondent(
            lead=lead, profile=self._known(lead) if proven(mail, delivery) and mail.sender else None
        )

    def _known(self, lead: str) -> Profile | None:
        """An erased lead stays erased: what it writes is passed on and not kept."""
        profile = None if self.gates.get(lead).erased_at else self.profiles.get(lead)
        return None if profile is None or is_gone(profile) else profile

    def _wrote(self, mail: InboundMail, who: Correspondent) -> bool:
        return bool(mail.sender) and self.lead_of(mail.sender) == who.lead

    def _is_the_leads(self, mail: InboundMail, delivery: Delivery, who: Correspondent) -> bool:
        """What looks like spam is a lead's answer if nobody else can have written it."""
        return proven(mail, delivery) and self._wrote(mail, who)

    def _contacts(self) -> ContactRecording:
        return ContactRecording(
            lead_of=self.lead_of,
            gates=self.gates,
            profiles=self.profiles,
            touchpoints=self.touchpoints,
            playbook=self.playbook,
        )


def _stops(mail: InboundMail, client: Client) -> bool:
    languages = client.replies.languages if client.replies else ()
    return asks_to_stop(mail.words, subject=mail.subject, name=mail.name, languages=languages)


def _hold(client: Client) -> int:
    return client.replies.hold if client.replies else 0
