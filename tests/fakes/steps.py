"""What a journey's steps do in a world of fakes."""

from coldframe.services.calling import Calling
from coldframe.services.deciding import Deciding
from coldframe.services.handing_off import HandingOff
from coldframe.services.known_leads import KnownLeads
from coldframe.services.messaging import Messaging
from coldframe.services.pausing import Pausing
from coldframe.services.resuming import Resuming
from tests.fakes.clock import FrozenClock
from tests.fakes.due import InMemoryAlarm
from tests.fakes.enrolments import InMemoryEnrolments
from tests.fakes.gates import InMemoryGates
from tests.fakes.leads import InMemoryProfiles, InMemoryTouchpoints
from tests.fakes.ledger import InMemoryLedger
from tests.fakes.mailboxes import InMemoryMailboxes
from tests.fakes.outbox import Outbox, PlainRenderer, PlainTexts
from tests.fakes.outside import Callees, Phones
from tests.fakes.playbook import InMemoryPlaybook
from tests.fakes.runs import InMemoryRuns, InMemoryWaits
from tests.fakes.turns import InMemoryTurns


class Steps:
    """The world's ports, put together as the functions do it."""

    __slots__ = ()

    clock: FrozenClock
    playbook: InMemoryPlaybook
    touchpoints: InMemoryTouchpoints
    profiles: InMemoryProfiles
    gates: InMemoryGates
    mailboxes: InMemoryMailboxes
    enrolments: InMemoryEnrolments
    ledger: InMemoryLedger
    mailer: Outbox
    texts: Phones
    webhooks: Callees
    renderer: PlainRenderer
    runs: InMemoryRuns
    waits: InMemoryWaits
    alarm: InMemoryAlarm
    turns: InMemoryTurns

    def messaging(self) -> Messaging:
        return Messaging(
            enrolments=self.enrolments,
            gates=self.gates,
            mailboxes=self.mailboxes,
            leads=self.known_leads(),
            ledger=self.ledger,
            mailer=self.mailer,
            renderer=self.renderer,
            text_writer=PlainTexts(),
            texts=self.texts,
            waits=self.waits,
            pausing=self.pausing(),
            playbook=self.playbook,
            clock=self.clock,
            turns=self.turns,
        )

    def deciding(self) -> Deciding:
        return Deciding(
            enrolments=self.enrolments,
            leads=self.known_leads(),
            touchpoints=self.touchpoints,
            waits=self.waits,
            pausing=self.pausing(),
            playbook=self.playbook,
            alarm=self.alarm,
            clock=self.clock,
        )

    def handing_off(self) -> HandingOff:
        return HandingOff(
            enrolments=self.enrolments,
            leads=self.known_leads(),
            ledger=self.ledger,
            mailer=self.mailer,
            renderer=self.renderer,
            notices=self.renderer,
            waits=self.waits,
            pausing=self.pausing(),
            playbook=self.playbook,
            clock=self.clock,
            surges=self.gates.surges,
        )

    def calling(self) -> Calling:
        return Calling(
            enrolments=self.enrolments,
            leads=self.known_leads(),
            ledger=self.ledger,
            webhooks=self.webhooks,
            waits=self.waits,
            pausing=self.pausing(),
            playbook=self.playbook,
            clock=self.clock,
        )

    def known_leads(self) -> KnownLeads:
        return KnownLeads(
            profiles=self.profiles,
            touchpoints=self.touchpoints,
            playbook=self.playbook,
            clock=self.clock,
        )

    def pausing(self) -> Pausing:
        return Pausing(
            enrolments=self.enrolments,
            leads=self.known_leads(),
            touchpoints=self.touchpoints,
            waits=self.waits,
            playbook=self.playbook,
            clock=self.clock,
        )

    def resuming(self) -> Resuming:
        return Resuming(
            enrolments=self.enrolments,
            ledger=self.ledger,
            runs=self.runs,
            playbook=self.playbook,
            alarm=self.alarm,
            clock=self.clock,
        )
