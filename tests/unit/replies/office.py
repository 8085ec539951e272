"""A client's replies' mailbox, and the world around it, in memory."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from coldframe.domain.gate import Gate
from coldframe.domain.message import Message, MessageState
from coldframe.domain.profile import Profile
from coldframe.domain.replies.inbound import Delivery, InboundMail
from coldframe.domain.replies.settings import Replies
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.forwarding import Forwarding
from coldframe.services.receiving_replies import ReceivingReplies
from tests.fakes.clock import FrozenClock
from tests.fakes.playbook import BAKERY, InMemoryPlaybook
from tests.fakes.replies import Letters, MarkedAddresses, Pile
from tests.fakes.world import World
from tests.fakes.writes import Writes
from tests.unit.replies.mails import ADA, NOW

WEEK = timedelta(days=7)
GRACE, OWNER = "grace@example.com", BAKERY.owner.address
PEOPLE = {ADA: "ada", GRACE: "grace", OWNER: "rosa"}
SENT = Message(
    lead="ada",
    id="m1",
    mail="case-study",
    enrolment="e1",
    journey="welcome",
    step="s",
    state=MessageState.SENT,
    at=NOW,
)
"""What Ada answers, at ``r:ada:m1``."""


@dataclass
class Office:
    """The client's replies' mailbox, and the world around it."""

    world: World
    pile: Pile = field(default_factory=Pile)
    letters: Letters = field(default_factory=Letters)

    def receive(self, mail: InboundMail, told: Delivery) -> str:
        self.pile.mails[told.id] = mail
        return self.use_case()(told)

    def use_case(self) -> ReceivingReplies:
        world = self.world
        return ReceivingReplies(
            inbox=self.pile,
            addresses=MarkedAddresses(),
            lead_of=lambda address: PEOPLE.get(address, f"lead of {address}"),
            gates=world.gates,
            profiles=world.profiles,
            touchpoints=world.touchpoints,
            ledger=world.ledger,
            forwarding=Forwarding(
                ledger=world.ledger,
                mailer=world.mailer,
                writer=self.letters,
                playbook=world.playbook,
                clock=world.clock,
            ),
            playbook=world.playbook,
        )

    def gate(self, lead: str = "ada") -> Gate:
        return self.world.gates.get(lead)

    def kept(self, lead: str = "ada") -> list[Touchpoint]:
        rows = self.world.touchpoints.rows
        return sorted((row for (of, _), row in rows.items() if of == lead), key=_kind)

    def kinds(self, lead: str = "ada") -> list[str]:
        return [each.kind for each in self.kept(lead)]


def _kind(touchpoint: Touchpoint) -> str:
    return touchpoint.kind


def furnished(*, crash_at: int | None = None) -> Office:
    replies = Replies(domain="reply.example", languages=("de",), team=(OWNER,))
    world = World(
        writes=Writes(crash_at=crash_at),
        clock=FrozenClock(NOW),
        playbook=InMemoryPlaybook(of=replace(BAKERY, replies=replies)),
    )
    for address in (ADA, GRACE):
        lead = PEOPLE[address]
        world.profiles.rows[lead] = Profile(lead=lead, address=address, created_at=NOW)
    world.ledger.rows["ada", "m1"] = SENT
    return Office(world)
