"""The fakes keep the ports' promises; the table's adapters are held to the same."""

import pytest

from tests.contracts.broadcasts import MembersContract, OccurrencesContract
from tests.contracts.gates import GateChoicesContract
from tests.contracts.holding import HoldsContract
from tests.contracts.journeys import EnrolmentsContract
from tests.contracts.identities import IdentitiesContract
from tests.contracts.leads import ObservationsContract, ProfilesContract, TouchpointsContract
from tests.contracts.mailboxes import MailboxesContract
from tests.contracts.messages import EmailEventsContract, MessagesContract
from tests.contracts.on_its_way import OnItsWayContract
from tests.contracts.sending import ClaimsContract, GatesContract
from tests.contracts.store import Store
from tests.contracts.walking import ProgressContract
from tests.fakes.world import World


@pytest.fixture
def store(world: World) -> Store:
    return world


class TestTouchpoints(TouchpointsContract): ...


class TestProfiles(ProfilesContract): ...


class TestObservations(ObservationsContract): ...


class TestGates(GatesContract): ...


class TestGateChoices(GateChoicesContract): ...


class TestEnrolments(EnrolmentsContract): ...


class TestClaims(ClaimsContract): ...
class TestIdentities(IdentitiesContract): ...




class TestHolds(HoldsContract): ...


class TestMailboxes(MailboxesContract): ...


class TestOnItsWay(OnItsWayContract): ...


class TestMessages(MessagesContract): ...


class TestEmailEvents(EmailEventsContract): ...


class TestOccurrences(OccurrencesContract): ...


class TestMembers(MembersContract): ...


class TestProgress(ProgressContract): ...
