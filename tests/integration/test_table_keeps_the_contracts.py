"""The table's adapters promise what the fakes promise."""

from dataclasses import dataclass

import pytest

from coldframe.adapters.companies import DynamoCompanies
from coldframe.adapters.counting import DynamoNewcomers
from coldframe.adapters.due import DynamoDueIndex
from coldframe.adapters.email_events import DynamoEmailEvents
from coldframe.adapters.enrolments import DynamoEnrolments
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.identities import DynamoIdentities
from coldframe.adapters.ledger import DynamoLedger
from coldframe.adapters.mailboxes import DynamoMailboxes
from coldframe.adapters.members import DynamoMembers
from coldframe.adapters.observations import DynamoObservations
from coldframe.adapters.occurrences import DynamoOccurrences
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.progress import DynamoProgress
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints
from tests.contracts.broadcasts import MembersContract, OccurrencesContract
from tests.contracts.companies import CompaniesContract
from tests.contracts.counting import CountingContract
from tests.contracts.gates import GateChoicesContract
from tests.contracts.holding import HoldsContract
from tests.contracts.identities import IdentitiesContract
from tests.contracts.journeys import EnrolmentsContract
from tests.contracts.leads import ObservationsContract, ProfilesContract, TouchpointsContract
from tests.contracts.mailboxes import MailboxesContract
from tests.contracts.messages import EmailEventsContract, MessagesContract
from tests.contracts.sending import ClaimsContract, GatesContract
from tests.contracts.walking import ProgressContract
from tests.integration.account import TABLE, Account


@dataclass(frozen=True, slots=True)
class TableStore:
    touchpoints: DynamoTouchpoints
    profiles: DynamoProfiles
    observations: DynamoObservations
    gates: DynamoGates
    mailboxes: DynamoMailboxes
    companies: DynamoCompanies
    identities: DynamoIdentities
    newcomers: DynamoNewcomers
    enrolments: DynamoEnrolments
    ledger: DynamoLedger
    email_events: DynamoEmailEvents
    due: DynamoDueIndex
    members: DynamoMembers
    occurrences: DynamoOccurrences
    progress: DynamoProgress


@pytest.fixture
def store(account: Account) -> TableStore:
    table = Table(account.aws("dynamodb"), TABLE)
    return TableStore(
        touchpoints=DynamoTouchpoints(table),
        profiles=DynamoProfiles(table),
        observations=DynamoObservations(table),
        gates=DynamoGates(table),
        mailboxes=DynamoMailboxes(table, lambda: b"an id key"),
        companies=DynamoCompanies(table),
        identities=DynamoIdentities(table),
        newcomers=DynamoNewcomers(table),
        enrolments=DynamoEnrolments(table),
        ledger=DynamoLedger(table),
        email_events=DynamoEmailEvents(table),
        due=DynamoDueIndex(table),
        members=DynamoMembers(table),
        occurrences=DynamoOccurrences(table),
        progress=DynamoProgress(table),
    )


class TestProgress(ProgressContract):
    """As DynamoDB keeps it."""


class TestTouchpoints(TouchpointsContract):
    """As DynamoDB keeps them."""


class TestProfiles(ProfilesContract):
    """As DynamoDB keeps them."""


class TestObservations(ObservationsContract):
    """As DynamoDB keeps them."""


class TestCounting(CountingContract):
    """As DynamoDB counts."""


class TestGates(GatesContract):
    """As DynamoDB keeps them."""


class TestGateChoices(GateChoicesContract):
    """As DynamoDB keeps them."""


class TestCompanies(CompaniesContract):
    """As DynamoDB keeps them."""


class TestIdentities(IdentitiesContract):
    """As DynamoDB keeps them."""


class TestEnrolments(EnrolmentsContract):
    """As DynamoDB keeps them."""


class TestClaims(ClaimsContract):
    """As DynamoDB decides them."""


class TestHolds(HoldsContract):
    """As DynamoDB decides them."""


class TestMailboxes(MailboxesContract):
    """As DynamoDB decides them."""


class TestMessages(MessagesContract):
    """As DynamoDB keeps them."""


class TestEmailEvents(EmailEventsContract):
    """As DynamoDB keeps them."""


class TestOccurrences(OccurrencesContract):
    """As DynamoDB keeps them."""


class TestMembers(MembersContract):
    """As DynamoDB walks them."""
