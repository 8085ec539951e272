"""A deployed client knows its leads: hot by what they do, inactive by the clock alone."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coldframe.domain.knowing.explaining import explain
from tests.e2e.people import mails_to, names_of, post, record, signed_event
from workbench.demo.script import START
from workbench.local.deployed import DeployedTown
from workbench.local.synthesis import ROOT

pytestmark = pytest.mark.xdist_group("local cloud")
ADA = "ada.knows@example.com"
ROSA = "rosa@lindenbakery.example"
AGAIN = """\
title: Who went quiet
enter: {segment: inactive_30}
owner: owner
at_end: {completed: nothing}
steps:
  - notify: owner
    text: A lead went quiet.
"""


@pytest.fixture(scope="module")
def quiet_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeployedTown]:
    """The bakery with one journey more, that a segment starts."""
    clients = tmp_path_factory.mktemp("clients")
    shutil.copytree(ROOT / "clients/bakery", clients / "bakery")
    (clients / "bakery/journeys/gone-quiet.yaml").write_text(AGAIN)
    assembly = Path(tmp_path_factory.mktemp("assembly"))
    with DeployedTown(
        clients=clients, assembly=assembly, at=START, say=print, enforce_iam=True
    ) as running:
        yield running


def booked(town: DeployedTown, event: str, number: int) -> None:
    told = {"email": ADA, "event": event, "id": f"{event}-{number}"}
    assert signed_event(town, told).status < 300
    town.settle()


def test_a_lead_becomes_hot_by_what_it_does_and_inactive_by_the_clock(  # noqa: PLR0915 - one life
    quiet_town: DeployedTown,
) -> None:
    town = quiet_town
    post(town, ADA)
    town.settle()
    for number in (1, 2):
        booked(town, "tasting.booked", number)
        booked(town, "webinar.joined", number)
    heard_at = town.now()

    profile = record(town, ADA).profile
    assert profile
    standing = profile.standing
    assert standing.held["tier"].value == "hot"
    assert "opportunity" in standing.reached
    assert standing.held["stage"].value == "decision"
    assert [mail.mail for mail in mails_to(town, ROSA) if "hot" in mail.text] == ["_notify"]

    town.run_until(heard_at + timedelta(days=30) - timedelta(minutes=2))
    before = record(town, ADA).profile
    town.run_until(heard_at + timedelta(days=30, minutes=5))

    after = record(town, ADA)
    assert before
    assert after.profile
    assert "inactive_30" not in before.standing.segments
    entered = after.profile.standing.segments["inactive_30"]
    assert abs(entered - heard_at - timedelta(days=30)) < timedelta(minutes=1)
    assert after.profile.standing.held["tier"].value == "warm"
    assert "gone-quiet" in {each.journey for each in after.enrolments}
    assert names_of([mail for mail in mails_to(town, ROSA) if "quiet" in mail.text]) == ["_notify"]
    knowing = town.clients()["bakery"].compiled.reactions.knowing
    told = explain(after.profile, knowing, town.now())
    assert told.score == pytest.approx(60 + 24 * 0.5 ** (30 / 60), abs=0.1)
