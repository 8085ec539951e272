"""A client's folder is edited while leads are in its journeys: who moves where, nothing twice."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from coldframe.adapters.enrolments import DynamoEnrolments
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.record import LeadRecord
from infra.journeys.retired import write_retired
from infra.place import Place
from infra.playbook import compile_client
from tests.e2e.people import FORM, mails_to, names_of, record
from workbench.demo.script import START
from workbench.journeys.changes import changes
from workbench.leads.sources import Reached
from workbench.local.deployed import DeployedTown
from workbench.local.synthesis import ROOT
from workbench.operating.resuming import held_up, resumable, resumed
from workbench.smoke.account import find

pytestmark = pytest.mark.xdist_group("local cloud")

BEFORE = """\
title: Welcome
topic: letters
enter: {form: FORM}
edits: EDITS
at_end: {completed: nothing}
steps:
  - send: cake-guide
  - wait: 4 days
  - wait: 3 days
    id: breather
  - send: case-study
  - wait: 5 days
  - branch:
      - if: did("tasting.booked") >= 1
        then: [{send: wedding-tasting}]
      - else: [{send: reminder}]
    id: booked
"""
AFTER = """\
title: Welcome
topic: letters
enter: {form: FORM}
edits: EDITS
MOVED
at_end: {completed: nothing}
steps:
  - send: cake-guide
  - wait: 2 days
  - send: case-study
  - wait: 5 days
  - branch:
      - if: did("tasting.booked") >= 1
        then: [{send: wedding-tasting}]
      - else: [{wait: 1 hour, id: a-moment}, {send: reminder}]
    id: booked
"""
FOLLOWED, PINNED = "cake-guide", "cake-guide-kept"
PLACE = Place(client="bakery", environment="dev")
MAILS = ["cake-guide", "case-study", "reminder"]
JOURNEYS = {FOLLOWED: "welcome", PINNED: "kept"}
EDITED = timedelta(days=9)
CAME = {"dora": 0, "carol": 4.5, "bob": 6.5, "ada": 8.5}
"""Days after the start at which each comes in: the edit finds them at different steps."""


def written(journey: str, form: str) -> str:
    edits = "migrate" if form == FOLLOWED else "pin"
    moved = "moved: {breather: case-study}" if form == FOLLOWED else "why: It was too slow."
    return journey.replace("FORM", form).replace("EDITS", edits).replace("MOVED", moved)


def edit(folder: Path, journey: str) -> None:
    (folder / "journeys/welcome.yaml").write_text(written(journey, FOLLOWED))
    (folder / "journeys/kept.yaml").write_text(written(journey, PINNED))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeployedTown]:
    """The bakery without caps, with the same journey twice: its edits are followed, or pinned."""
    clients = tmp_path_factory.mktemp("clients")
    folder = clients / "bakery"
    shutil.copytree(ROOT / "clients/bakery", folder)
    shutil.copy(folder / f"forms/{FOLLOWED}.yaml", folder / f"forms/{PINNED}.yaml")
    about = (folder / "client.yaml").read_text()
    for line in ("caps: [{mails: 3, days: 7}]\n", "quiet_hours: 21:00-08:00\n"):
        assert line in about
        about = about.replace(line, "")
    (folder / "client.yaml").write_text(about)
    edit(folder, BEFORE)
    with DeployedTown(
        clients=clients,
        assembly=Path(tmp_path_factory.mktemp("assembly")),
        at=START,
        say=print,
        enforce_iam=True,
    ) as running:
        yield running


def address(name: str, form: str) -> str:
    return f"{name}@{form}.example"


def come(town: DeployedTown, name: str, form: str) -> None:
    values = {"email": address(name, form), "first_name": name.title(), "letters": "on"}
    url = f"{town.clients()['bakery'].url}/forms/{form}"
    assert town.request("POST", url, FORM, urlencode(values)).status < 400
    town.settle()


def passage(town: DeployedTown, name: str, form: str) -> Enrolment:
    held = record(town, address(name, form)).enrolments
    (one,) = (each for each in held if each.journey == JOURNEYS[form])
    return one


def mails(town: DeployedTown, name: str, form: str) -> dict[str, datetime]:
    """Mail → when it went; each went once."""
    sent = [mail for mail in mails_to(town, address(name, form)) if mail.mail in MAILS]
    assert len(sent) == len(set(names_of(sent))), names_of(sent)
    return {mail.mail: mail.at for mail in sent}


def sweep_of(town: DeployedTown) -> Reached:
    return Reached(
        where="here",
        now=town.now,
        deployed=find(PLACE, town.cloud.client),
        client=town.cloud.client,
    )


def around(at: datetime) -> tuple[datetime, datetime]:
    return at - timedelta(minutes=1), at + timedelta(minutes=3)


def test_an_edit_moves_those_who_follow_it_at_once_and_leaves_the_others(  # noqa: PLR0915 - one edit
    town: DeployedTown,
) -> None:
    for name, days in CAME.items():
        town.run_until(START + timedelta(days=days))
        for form in (FOLLOWED, PINNED):
            come(town, name, form)
    town.run_until(START + EDITED)
    stood = {name: passage(town, name, FOLLOWED).step for name in CAME}
    assert stood == {
        "dora": "case-study",
        "carol": "breather",
        "bob": "cake-guide",
        "ada": "cake-guide",
    }

    folder = town.clients()["bakery"].folder
    before = compile_client(folder, environment="dev")
    edit(folder, AFTER)
    kept = before.journeys["kept"]
    write_retired(folder, kept, {"breather": kept.steps["breather"]})
    told = changes(before, compile_client(folder, environment="dev"))
    assert not [each for each in told if each.danger]
    assert town.reload("bakery"), town.problems()
    town.settle()

    today = town.clients()["bakery"].journey("welcome").version
    for name in CAME:
        followed, pinned = passage(town, name, FOLLOWED), passage(town, name, PINNED)
        assert (followed.generation, followed.version) == (2, today), name
        assert (pinned.generation, pinned.step) == (1, stood[name]), name
    assert passage(town, "dora", FOLLOWED).step == "case-study"
    assert passage(town, "carol", FOLLOWED).step == "case-study"
    assert passage(town, "bob", FOLLOWED).step == "case-study"
    assert passage(town, "ada", FOLLOWED).step == "cake-guide"
    now = START + EDITED
    for name in ("carol", "bob"):
        early, late = around(now)
        assert early <= mails(town, name, FOLLOWED)["case-study"] <= late, name

    town.run_until(START + timedelta(days=30))

    for name, days in CAME.items():
        came = START + timedelta(days=days)
        sent_to = {form: mails(town, name, form) for form in JOURNEYS}
        early, late = around(came + timedelta(days=7))
        assert early <= sent_to[PINNED]["case-study"] <= late, name
        for form, sent in sent_to.items():
            assert list(sent) == MAILS, (name, form)
            early, late = around(sent["case-study"] + timedelta(days=5, hours=1))
            assert early <= sent["reminder"] <= late, (name, form)
            assert passage(town, name, form).reason == "completed", (name, form)
        assert passage(town, name, PINNED).generation == 2, "its machine knew no `a-moment`"
    early, late = around(START + timedelta(days=CAME["ada"] + 2))
    assert early <= mails(town, "ada", FOLLOWED)["case-study"] <= late


def test_a_stuck_lead_is_listed_and_goes_on_where_it_stood_by_a_persons_word(
    town: DeployedTown,
) -> None:
    come(town, "grace", FOLLOWED)
    there = sweep_of(town)
    table, run = there.deployed.records.table, passage(town, "grace", FOLLOWED)
    DynamoEnrolments(table).mark_stuck(run, "Unexpected", town.now())

    [held] = held_up(table, town.now())
    lead = there.deployed.record(address("grace", FOLLOWED))
    assert (held.address, held.journey, held.why) == (lead_of(lead), "welcome", "Unexpected")
    [begun] = resumed(there, PLACE, resumable(lead, None))
    town.settle()

    assert begun.step == held.step == "cake-guide"
    assert held_up(table, town.now()) == []
    assert passage(town, "grace", FOLLOWED).generation == 2
    town.advance(timedelta(days=2, minutes=5))
    assert list(mails(town, "grace", FOLLOWED)) == ["cake-guide", "case-study"]


def lead_of(lead: LeadRecord) -> str:
    assert lead.profile
    return lead.profile.address
