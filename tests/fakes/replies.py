"""The replies' mailbox in memory: a pile of mails, addresses anyone could make, plain letters."""

from dataclasses import dataclass, field

from coldframe.domain.message import REPLY_MAIL, RenderedMail
from coldframe.domain.playbook import Client
from coldframe.domain.replies.inbound import InboundMail
from coldframe.services.ports.replies import Forward


@dataclass(slots=True)
class Pile:
    """By the receipt's id."""

    mails: dict[str, InboundMail] = field(default_factory=dict)

    def read(self, receipt: str) -> InboundMail:
        return self.mails[receipt]


@dataclass(frozen=True, slots=True)
class Marked:
    lead: str
    message: str


class MarkedAddresses:
    """``r:<lead>:<message>`` answers a message; ``b:…`` is the secret one."""

    def answered(self, address: str) -> Marked | None:
        kind, _, rest = address.partition(":")
        lead, _, message = rest.partition(":")
        return Marked(lead, message) if kind == "r" else None

    def is_blind_copy(self, address: str) -> bool:
        return address.startswith("b:")


@dataclass(slots=True)
class Letters:
    written: list[Forward] = field(default_factory=list)

    def write(self, forward: Forward, client: Client) -> RenderedMail:
        self.written.append(forward)
        return RenderedMail(
            sender=client.sender.address,
            recipient=client.owner.address,
            reply_to=forward.mail.sender,
            subject=forward.mail.subject,
            html=None,
            text=forward.mail.text,
            headers=(),
            tags=(("lead", forward.lead), ("message", forward.id), ("mail", REPLY_MAIL)),
        )
