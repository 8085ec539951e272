"""`coldframe score explain` and `leads count|list`, on what this machine kept."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coldframe.adapters.keys import keys_of
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import putting
from coldframe.domain.lead import lead_id
from coldframe.domain.playbook import Reactions
from coldframe.domain.profile import Profile
from coldframe.domain.react import react
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint, record
from infra.playbook import compile_client
from workbench.cli import app
from workbench.local.synthesis import ROOT

SECRET = json.dumps({"id": "made-at-create", "sign": []})
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TABLE = Table(None, "leads")  # type: ignore[arg-type]  # it only builds items


def happened(address: str, kind: str, days_ago: float, **data: object) -> Touchpoint:
    at = NOW - timedelta(days=days_ago)
    lead = lead_id(keys_of(SECRET).id, address)
    told = {"address": address, **data}
    return record(lead=lead, kind=kind, source="test", received_at=at, data=told)


def posted(address: str, form: str, days_ago: float = 10) -> Touchpoint:
    return happened(address, FORM_SUBMITTED, days_ago, form=form, fields={}, consents={})


PEOPLE = [
    [
        posted("ada@example.com", "wedding-cake"),
        happened("ada@example.com", "tasting.booked", 3),
        happened("ada@example.com", "page.viewed", 2, path="/wedding/big"),
    ],
    [posted("grace@example.com", "cake-guide")],
    [posted("alan@example.com", "wedding-cake", 1)],
]


@pytest.fixture(scope="module")
def reactions() -> Reactions:
    return compile_client(ROOT / "clients/bakery", environment="dev").reactions


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reactions: Reactions) -> Path:
    monkeypatch.setenv("COLDFRAME_HOME", str(tmp_path))
    items = []
    for history in PEOPLE:
        profile: Profile | None = None
        for each in history:
            profile = react(profile, each, reactions).profile
            items.append(putting(TABLE, each)["Put"]["Item"])
        assert profile
        items.append(DynamoProfiles(TABLE)._profile(None, profile)["Put"]["Item"])
    kept = {"at": NOW.isoformat(), "tables": {"bakery": items}, "keys": {"bakery": SECRET}}
    (tmp_path / "up.json").write_text(json.dumps(kept), encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    place = ["--clients", str(ROOT / "clients")]
    return CliRunner().invoke(app, [*arguments, *place], terminal_width=200)


@pytest.mark.usefixtures("home")
def test_a_score_says_its_rules_and_dates() -> None:
    answer = run("score", "explain", "bakery", "ada@example.com", "--json")

    told = json.loads(answer.stdout)
    why = {each["why"]: each["dates"][0][:10] for each in told["earned"]}
    assert why == {
        "Asked for a wedding cake": "2026-11-11",
        "Booked a tasting": "2026-11-18",
        "Looked at wedding cakes": "2026-11-19",
    }
    tier = next(each for each in told["placed"] if each["about"] == "tier")
    assert tier["name"] == "warm"
    assert tier["because"].startswith("because score is 7")
    assert {"asking"} == {each["name"] for each in told["placed"] if each["about"] == "segment"}


@pytest.mark.usefixtures("home")
def test_for_people_it_is_a_table() -> None:
    answer = run("score", "explain", "bakery", "ada@example.com")

    assert answer.exit_code == 0, answer.output
    assert "Booked a tasting" in answer.output
    assert "tier warm since" in answer.output


@pytest.mark.usefixtures("home")
def test_who_is_not_known_is_said() -> None:
    assert run("score", "explain", "bakery", "zoe@example.com").exit_code == 1


@pytest.mark.usefixtures("home")
def test_leads_are_counted_clause_by_clause() -> None:
    asked = 'did("form.submitted", form="wedding-cake") >= 1 and score >= 50'

    told = json.loads(run("leads", "count", "bakery", asked, "--json").stdout)

    assert told == {
        "leads": 3,
        "found": 1,
        "clauses": [
            {"clause": 'did("form.submitted", form="wedding-cake") >= 1', "alone": 2, "joined": 2},
            {"clause": "score >= 50", "alone": 1, "joined": 1},
        ],
    }


@pytest.mark.usefixtures("home")
def test_what_no_profile_remembers_is_counted_from_all_that_was_done() -> None:
    told = run("leads", "list", "bakery", 'did("page.viewed", path="/wedding/big") >= 1').stdout

    assert told == "ada@example.com\n"


@pytest.mark.usefixtures("home")
def test_a_wrong_expression_is_said_with_a_hint() -> None:
    answer = run("leads", "count", "bakery", "scor > 5")

    assert answer.exit_code == 2
    assert "did you mean 'score'?" in answer.output
