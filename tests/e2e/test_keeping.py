"""Leads and mails survive the end of the local cloud, and journeys go on where they stood."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.people import mails_to, names_of, post, record
from workbench.demo.script import START
from workbench.local.deployed import DeployedTown
from workbench.local.keeping import saved_at
from workbench.local.synthesis import ROOT

pytestmark = [pytest.mark.xdist_group("local cloud"), pytest.mark.timeout(300)]
DAY = timedelta(days=1)


def test_what_was_kept_goes_on_where_it_stood(assembly: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    with DeployedTown(clients=ROOT / "clients", assembly=assembly, at=START, say=print) as town:
        post(town, "early@example.com")
        town.advance(3 * DAY)  # one day into the wait for a click
        post(town, "late@example.com")
        town.advance(DAY)
        before = record(town, "early@example.com")
        town.keep(kept)

    at = saved_at(kept)
    assert at == START + 4 * DAY
    with DeployedTown(clients=ROOT / "clients", assembly=assembly, at=at, say=print) as town:
        town.recall(kept)
        assert record(town, "early@example.com").profile == before.profile
        assert names_of(mails_to(town, "early@example.com")) == ["cake-guide", "case-study"]
        link = town.links(mails_to(town, "late@example.com")[0])[0]
        assert town.follow(link).status == 302

        town.run_until(START + 5 * DAY - timedelta(minutes=1))
        assert names_of(mails_to(town, "early@example.com")) == ["cake-guide", "case-study"]
        town.run_until(START + 5 * DAY + timedelta(minutes=1))
        assert names_of(mails_to(town, "early@example.com"))[2:] == ["reminder"]
        town.advance(DAY)
        assert names_of(mails_to(town, "late@example.com")) == ["cake-guide", "case-study"]
