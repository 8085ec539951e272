"""One client's world in memory: every port's fake over the same state, every use case over them."""

from dataclasses import dataclass, field
from datetime import datetime

from coldframe.domain.lead import lead_id
from coldframe.services.broadcasting import Broadcasting
from coldframe.services.capture import LeadCapture
from coldframe.services.carrying_out import CarryingOut
from coldframe.services.changing_address import ChangingAddress
from coldframe.services.colleagues import TellingColleagues
from coldframe.services.confirming import Confirming
from coldframe.services.email_events import EmailEventRecording
from coldframe.services.following import LinkFollowing
from coldframe.services.merging import Merging
from coldframe.services.migrating import Migrating
from coldframe.services.moving import Moving
from coldframe.services.preference_standing import Looking
from coldframe.services.preferring import Preferring
from coldframe.services.reacting import Reacting
from coldframe.services.record_event import EventRecording
from coldframe.services.relearning import Relearning
from coldframe.services.surging import SurgeWatching
from coldframe.services.sweeping import Sweeping
from coldframe.services.undoing_address import UndoingAddress
from coldframe.services.unsubscribing import Unsubscribing
from tests.fakes.clock import FrozenClock
from tests.fakes.companies import InMemoryCompanies
from tests.fakes.due import (
    Calls,
    InMemoryAlarm,
    InMemoryDueIndex,
    InMemoryMembers,
    InMemoryOccurrences,
    InMemoryProgress,
)
from tests.fakes.enrolments import InMemoryEnrolments
from tests.fakes.gates import InMemoryGates
from tests.fakes.identities import InMemoryIdentities
from tests.fakes.leads import (
    InMemoryObservations,
    InMemoryProfiles,
    InMemoryTouchpoints,
    Stream,
)
from tests.fakes.ledger import InMemoryLedger
from tests.fakes.links import OpenLinks
from tests.fakes.mailboxes import InMemoryMailboxes
from tests.fakes.outbox import Outbox, PlainRenderer
from tests.fakes.outside import Callees, Phones
from tests.fakes.playbook import InMemoryPlaybook
from tests.fakes.runs import InMemoryRuns, InMemoryWaits
from tests.fakes.steps import Steps
from tests.fakes.tallies import InMemorySurges, Tallies
from tests.fakes.turns import InMemoryTurns
from tests.fakes.writes import Writes

KEY = b"an id key"


def lead_of(address: str) -> str:
    return lead_id(KEY, address)


def _is_business(domain: str) -> bool:
    return domain.endswith(".example")


@dataclass(slots=True)
class World(Steps):
    clock: FrozenClock = field(default_factory=FrozenClock)
    writes: Writes = field(default_factory=Writes)
    stream: Stream = field(default_factory=Stream)
    playbook: InMemoryPlaybook = field(default_factory=InMemoryPlaybook)
    touchpoints: InMemoryTouchpoints = field(init=False)
    profiles: InMemoryProfiles = field(init=False)
    observations: InMemoryObservations = field(init=False)
    companies: InMemoryCompanies = field(init=False)
    gates: InMemoryGates = field(init=False)
    identities: InMemoryIdentities = field(init=False)
    mailboxes: InMemoryMailboxes = field(init=False)
    enrolments: InMemoryEnrolments = field(init=False)
    ledger: InMemoryLedger = field(init=False)
    mailer: Outbox = field(init=False)
    texts: Phones = field(init=False)
    webhooks: Callees = field(init=False)
    renderer: PlainRenderer = field(default_factory=PlainRenderer)
    runs: InMemoryRuns = field(init=False)
    waits: InMemoryWaits = field(init=False)
    occurrences: InMemoryOccurrences = field(init=False)
    due: InMemoryDueIndex = field(init=False)
    members: InMemoryMembers = field(init=False)
    progress: InMemoryProgress = field(init=False)
    alarm: InMemoryAlarm = field(init=False)
    broadcasts: Calls = field(init=False)
    links: OpenLinks = field(default_factory=OpenLinks)
    turns: InMemoryTurns = field(init=False)
    surges_told: list[datetime] = field(default_factory=list)
    """When the client's people were told of one."""

    def __post_init__(self) -> None:
        self.touchpoints = InMemoryTouchpoints(self.writes, self.stream)
        self.companies = InMemoryCompanies(self.writes)
        self.profiles = InMemoryProfiles(self.writes, self.stream, self.touchpoints, self.companies)
        self.observations = InMemoryObservations(self.writes, self.touchpoints)
        self.gates = InMemoryGates(self.writes, surges=InMemorySurges(self.writes))
        self.mailboxes = InMemoryMailboxes(self.writes)
        self.identities = InMemoryIdentities(self.writes, self.profiles, self.gates)
        self.enrolments = InMemoryEnrolments(self.writes, people=self.identities.people)
        self.ledger = InMemoryLedger(self.writes, self.enrolments, self.gates, self.mailboxes)
        self.mailer = Outbox(self.writes)
        self.texts = Phones(self.writes)
        self.webhooks = Callees(self.writes)
        self.runs = InMemoryRuns(self.writes)
        self.waits = InMemoryWaits(self.writes)
        self.occurrences = InMemoryOccurrences(self.writes)
        self._keep_time()

    def _keep_time(self) -> None:
        self.due = InMemoryDueIndex(
            self.profiles,
            self.observations,
            self.enrolments,
            self.occurrences,
            self.identities,
        )
        self.members = InMemoryMembers(self.profiles)
        self.progress = InMemoryProgress(self.writes)
        self.alarm = InMemoryAlarm(self.writes, self.due, self.clock)
        self.broadcasts = Calls(self.writes)
        self.turns = InMemoryTurns(
            self.writes, self.clock, lambda: self.playbook.client().allowance
        )

    @property
    def newcomers(self) -> Tallies:
        return self.profiles.tallies

    @property
    def email_events(self) -> InMemoryLedger:
        """A message is one item, whoever writes it."""
        return self.ledger

    def capture(self) -> LeadCapture:
        return LeadCapture(touchpoints=self.touchpoints, clock=self.clock)

    def event_recording(self) -> EventRecording:
        return EventRecording(
            touchpoints=self.touchpoints, playbook=self.playbook, clock=self.clock
        )

    def reacting(self) -> Reacting:
        return Reacting(
            touchpoints=self.touchpoints,
            profiles=self.profiles,
            observations=self.observations,
            ledger=self.ledger,
            playbook=self.playbook,
            alarm=self.alarm,
            clock=self.clock,
            surges=SurgeWatching(
                newcomers=self.profiles.tallies,
                surges=self.gates.surges,
                tell=lambda: self.surges_told.append(self.clock.now()),
                clock=self.clock,
            ),
            is_business=_is_business,
            merging=Merging(
                touchpoints=self.touchpoints,
                profiles=self.profiles,
                identities=self.identities,
                playbook=self.playbook,
                alarm=self.alarm,
                clock=self.clock,
            ),
        )

    def carrying_out(self) -> CarryingOut:
        return CarryingOut(
            enrolments=self.enrolments,
            touchpoints=self.touchpoints,
            runs=self.runs,
            waits=self.waits,
            resuming=self.resuming(),
            broadcasts=self.broadcasts,
            playbook=self.playbook,
            clock=self.clock,
        )

    def email_event_recording(self) -> EmailEventRecording:
        return EmailEventRecording(
            messages=self.ledger, gates=self.gates, touchpoints=self.touchpoints, clock=self.clock
        )

    def unsubscribing(self) -> Unsubscribing:
        return Unsubscribing(
            gates=self.gates, touchpoints=self.touchpoints, links=self.links, clock=self.clock
        )

    def confirming(self) -> Confirming:
        return Confirming(
            gates=self.gates,
            profiles=self.profiles,
            ledger=self.ledger,
            touchpoints=self.touchpoints,
            links=self.links,
            playbook=self.playbook,
            clock=self.clock,
        )

    def changing_address(self) -> ChangingAddress:
        return ChangingAddress(
            profiles=self.profiles,
            gates=self.gates,
            touchpoints=self.touchpoints,
            links=self.links,
            playbook=self.playbook,
            lead_of=lead_of,
            clock=self.clock,
        )

    def undoing_address(self) -> UndoingAddress:
        return UndoingAddress(
            profiles=self.profiles,
            touchpoints=self.touchpoints,
            links=self.links,
            playbook=self.playbook,
            lead_of=lead_of,
            clock=self.clock,
        )

    def preferring(self) -> Preferring:
        return Preferring(
            gates=self.gates,
            touchpoints=self.touchpoints,
            links=self.links,
            clock=self.clock,
            looking=Looking(
                gates=self.gates,
                profiles=self.profiles,
                ledger=self.ledger,
                enrolments=self.enrolments,
                touchpoints=self.touchpoints,
                playbook=self.playbook,
            ),
        )

    def following(self) -> LinkFollowing:
        return LinkFollowing(touchpoints=self.touchpoints, links=self.links, clock=self.clock)

    def moving(self) -> Moving:
        return Moving(touchpoints=self.touchpoints, identities=self.identities, clock=self.clock)

    def relearning(self) -> Relearning:
        return Relearning(
            members=self.members,
            touchpoints=self.touchpoints,
            profiles=self.profiles,
            progress=self.progress,
            migrating=self.migrating(),
            playbook=self.playbook,
            alarm=self.alarm,
            clock=self.clock,
            is_business=_is_business,
        )

    def migrating(self) -> Migrating:
        return Migrating(
            enrolments=self.enrolments, resuming=self.resuming(), playbook=self.playbook
        )

    def sweeping(self) -> Sweeping:
        return Sweeping(
            due=self.due,
            touchpoints=self.touchpoints,
            resuming=self.resuming(),
            moving=self.moving(),
            colleagues=TellingColleagues(
                companies=self.companies, touchpoints=self.touchpoints, clock=self.clock
            ),
            relearning=self.relearning(),
            broadcasts=self.broadcasts,
            alarm=self.alarm,
            clock=self.clock,
        )

    def broadcasting(self) -> Broadcasting:
        return Broadcasting(
            occurrences=self.occurrences,
            members=self.members,
            enrolments=self.enrolments,
            gates=self.gates,
            mailboxes=self.mailboxes,
            profiles=self.profiles,
            ledger=self.ledger,
            mailer=self.mailer,
            renderer=self.renderer,
            playbook=self.playbook,
            alarm=self.alarm,
            clock=self.clock,
            turns=self.turns,
        )
