"""What an operator does to a deployed client: ask why, pause and resume, readmit an address."""

from datetime import timedelta

import pytest

from coldframe.adapters.client_pause import ClientPauses
from infra.place import Place
from tests.e2e.people import mails_to, names_of, post, record
from workbench.commands.leads import CompiledBook
from workbench.commands.pause import Clock
from workbench.leads.sources import Reached
from workbench.leads.why import Word, passages
from workbench.local.deployed import DeployedTown
from workbench.operating.enrolling import asked_for, may_be_entered
from workbench.operating.readmitting import readmitted
from workbench.smoke.account import find

pytestmark = [pytest.mark.xdist_group("local cloud"), pytest.mark.timeout(180)]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def bakery(town: DeployedTown) -> Reached:
    return Reached(
        where="here",
        now=town.now,
        deployed=find(Place(client="bakery", environment="dev"), town.cloud.client),
        client=town.cloud.client,
    )


def test_why_tells_each_step_of_a_deployed_lead(town: DeployedTown, bakery: Reached) -> None:
    post(town, "asked-about@example.com")
    town.settle()

    lead = bakery.deployed.record("asked-about@example.com")
    [told] = passages(
        lead, CompiledBook(town.clients()["bakery"].compiled), now=town.now(), journey="welcome"
    )

    words = {line.does: line.word for line in told.steps}
    assert words["sends “cake-guide”"] is Word.SENT
    assert words["sends “case-study”"] is Word.NOT_YET
    assert told.next[0].at is not None


def test_a_paused_client_sends_no_marketing_and_goes_on_when_resumed(
    town: DeployedTown, bakery: Reached
) -> None:
    pauses = ClientPauses(bakery.deployed.records.table, Clock(town.now))
    post(town, "waits@example.com")
    town.settle()
    assert pauses.pause("by hand")

    town.advance(3 * DAY)
    post(town, "captured@example.com")
    town.settle()
    assert names_of(mails_to(town, "waits@example.com")) == ["cake-guide"]
    assert names_of(mails_to(town, "captured@example.com")) == ["cake-guide"]
    waiting = [one for one in record(town, "waits@example.com").messages if one.until]
    assert [(one.mail, one.why) for one in waiting] == [("case-study", "paused")]

    assert pauses.resume()
    town.advance(DAY)

    assert "case-study" in names_of(mails_to(town, "waits@example.com"))


def test_a_person_puts_a_lead_into_a_journey_that_allows_it(
    town: DeployedTown, bakery: Reached
) -> None:
    post(town, "by-hand@example.com")
    town.settle()
    rules = town.clients()["bakery"].compiled.reactions
    assert may_be_entered(rules, "wedding")
    assert not may_be_entered(rules, "welcome")

    lead = bakery.deployed.record("by-hand@example.com")
    asked_for(bakery, lead, "wedding", why="she rang us")
    town.settle()

    journeys = {each.journey for each in record(town, "by-hand@example.com").enrolments}
    assert journeys == {"welcome", "wedding"}


def test_a_person_readmits_an_address_and_the_reason_is_kept(
    town: DeployedTown, bakery: Reached
) -> None:
    address = "readmitted@example.com"
    post(town, address)
    town.settle()
    town.bounce(mails_to(town, address)[0], hard=True)
    assert record(town, address).gate.bounced_at is not None
    town.advance(HOUR)

    lifted = readmitted(bakery, record(town, address), tenant="bakery-dev", why="they called")
    assert lifted == ["bounced"]
    town.settle()

    found = record(town, address)
    assert found.gate.bounced_at is None
    [told] = [each for each in found.touchpoints if each.kind == "lead.readmitted"]
    assert told.data["why"] == "they called"
