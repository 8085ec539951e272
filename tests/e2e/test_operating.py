"""What an operator does to a deployed client: ask why, pause and resume, readmit an address."""

from datetime import timedelta
from pathlib import Path

import pytest

from coldframe.adapters.client_pause import ClientPauses
from infra.place import Place
from tests.e2e.people import mails_to, names_of, post, record
from workbench.commands.leads import CompiledBook
from workbench.commands.pause import Clock
from workbench.exporting.columns import columns
from workbench.exporting.file import Format, Leads
from workbench.exporting.walking import Export
from workbench.importing.doing import Import
from workbench.importing.preparing import beside, prepared
from workbench.importing.starting import queue_for
from workbench.leads.roster import Roster
from workbench.leads.sources import Reached
from workbench.leads.why import Word, passages
from workbench.local.deployed import DeployedTown
from workbench.operating.enrolling import asked_for, may_be_entered
from workbench.operating.readmitting import readmitted
from workbench.smoke.account import find

pytestmark = pytest.mark.xdist_group("local cloud")
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


def test_a_file_of_leads_mails_nobody_but_whom_it_queues_and_reads_back_from_an_export(
    town: DeployedTown, bakery: Reached, tmp_path: Path
) -> None:
    book = town.clients()["bakery"].compiled
    file = tmp_path / "fair.csv"
    file.write_text(
        "E-Mail;Vorname;At\nfair.one@example.com;One;2026-01-01\nfair.two@example.com;=1+1;\n",
        encoding="utf-8",
    )
    beside(file).write_text(
        "separator: ';'\ncolumns: {E-Mail: email, Vorname: first_name}\n"
        "consents: {letters: {basis: consent, at: {column: At}, source: fair, proof: card}}\n",
        encoding="utf-8",
    )
    told = Import(
        place=bakery,
        book=book,
        prepared=prepared(file, book, mapping=beside(file)),
        name="fair",
        rejects=tmp_path / "rejects.csv",
        kept=tmp_path / "imports",
        units=1000,
        queue=queue_for(bakery, book, "wedding", 60),
    )()
    town.settle()
    assert told.counts == {"new": 2, "started": 1}
    assert not mails_to(town, "fair.one@example.com")
    assert record(town, "fair.two@example.com").touchpoints[0].kind == "lead.imported"

    town.advance(3 * DAY)
    assert mails_to(town, "fair.one@example.com")
    assert not mails_to(town, "fair.two@example.com")

    leads = Leads(path=tmp_path / "out.csv", format=Format.CSV, columns=columns(book))
    roster = Roster(table=bakery.deployed.records.table)
    export = Export(roster=roster, knowing=book.reactions.knowing, file=leads, now=town.now())
    assert export() >= 2
    assert '"\'=1+1"' in leads.path.read_text(encoding="utf-8")
