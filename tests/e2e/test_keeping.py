"""Leads and mails survive the end of the local cloud, and journeys go on where they stood."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coldframe.domain.profile import Profile
from tests.e2e.people import mails_to, names_of, post, record
from workbench.demo.script import START
from workbench.local.deployed import DeployedTown
from workbench.local.keeping import saved_at
from workbench.local.synthesis import ROOT

pytestmark = pytest.mark.xdist_group("local cloud")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
EARLY, LATE = "early@example.com", "late@example.com"


@dataclass(frozen=True)
class Kept:
    file: Path
    profile: Profile | None


def _made(assembly: Path) -> dict[str, Any]:
    clients = ROOT / "clients"
    return {"clients": clients, "assembly": assembly, "synthesized": True, "say": print}


@pytest.fixture(scope="module")
def kept(assembly: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """One lead a day into its wait for a click, another a day into its wait of two."""
    file = tmp_path_factory.mktemp("kept") / "kept.json"
    with DeployedTown(at=START, **_made(assembly)) as town:
        post(town, EARLY)
        town.advance(3 * DAY)
        post(town, LATE)
        town.advance(DAY)
        town.keep(file)
        return Kept(file, record(town, EARLY).profile)


@pytest.fixture(scope="module")
def again(kept: Kept, assembly: Path) -> Iterator[DeployedTown]:
    at = saved_at(kept.file)
    assert at == START + 4 * DAY
    with DeployedTown(at=at, **_made(assembly)) as town:
        town.recall(kept.file)
        yield town


def test_leads_mails_and_their_links_are_back(kept: Kept, again: DeployedTown) -> None:
    link = again.links(mails_to(again, LATE)[0])[0]

    assert record(again, EARLY).profile == kept.profile
    assert names_of(mails_to(again, EARLY)) == ["cake-guide", "case-study"]
    assert again.follow(link).status == 302


def test_journeys_go_on_where_they_stood(again: DeployedTown) -> None:
    again.run_until(START + 5 * DAY - MINUTE)
    assert names_of(mails_to(again, EARLY)) == ["cake-guide", "case-study"]

    again.run_until(START + 5 * DAY + MINUTE)
    assert names_of(mails_to(again, EARLY)) == ["cake-guide", "case-study", "reminder"]
    assert names_of(mails_to(again, LATE)) == ["cake-guide", "case-study"]
