"""The fakes keep the ports' promises; the table's adapters are held to the same."""

import pytest

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
from tests.contracts.on_its_way import OnItsWayContract
from tests.contracts.sending import ClaimsContract, GatesContract
from tests.contracts.store import CountingStore
from tests.contracts.walking import ProgressContract
from tests.fakes.world import World


@pytest.fixture
def store(world: World) -> CountingStore:
    return world


class TestTouchpoints(TouchpointsContract): ...


class TestProfiles(ProfilesContract): ...


class TestObservations(ObservationsContract): ...


class TestCounting(CountingContract): ...


class TestGates(GatesContract): ...


class TestGateChoices(GateChoicesContract): ...


class TestCompanies(CompaniesContract): ...


class TestIdentities(IdentitiesContract): ...


class TestEnrolments(EnrolmentsContract): ...


class TestClaims(ClaimsContract): ...


class TestHolds(HoldsContract): ...


class TestMailboxes(MailboxesContract): ...


class TestOnItsWay(OnItsWayContract): ...


class TestMessages(MessagesContract): ...


class TestEmailEvents(EmailEventsContract): ...


class TestOccurrences(OccurrencesContract): ...


class TestMembers(MembersContract): ...


class TestProgress(ProgressContract): ...
