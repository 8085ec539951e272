"""`coldframe leads why` on what this machine kept: found, unknown, or not there at all."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coldframe.adapters.attributes import encoded_item
from coldframe.adapters.keys import keys_of
from coldframe.domain.lead import lead_id
from workbench.cli import app
from workbench.local.running import Running, announced, running

SECRET = json.dumps({"id": "made-at-create", "sign": []})
AT = "2026-11-21T09:00:00.000Z"


def kept(home: Path) -> None:
    lead = lead_id(keys_of(SECRET).id, "ada@example.com")
    mail = {
        "pk": f"L#{lead}",
        "sk": "M#m1",
        "mail": "cake-guide",
        "enrolment": "e1",
        "journey": "welcome",
        "step": "cake-guide",
        "state": "deferred",
        "why": "quiet_hours",
        "until": "2026-11-21T07:00:00.000Z",
        "at": AT,
    }
    enrolment = {
        "pk": f"L#{lead}",
        "sk": "E#e1",
        "journey": "welcome",
        "status": "open",
        "step": "cake-guide",
        "since": AT,
        "generation": 1,
        "started_at": AT,
        "requested_at": AT,
        "claim:cake-guide": {"mail": "cake-guide", "message": "m1", "at": AT},
    }
    document = {
        "at": datetime(2026, 11, 21, 9, tzinfo=UTC).isoformat(),
        "tables": {"bakery": [encoded_item(mail), encoded_item(enrolment)]},
        "keys": {"bakery": SECRET},
    }
    (home / "up.json").write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLDFRAME_HOME", str(tmp_path))
    return tmp_path


def why(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["leads", "why", *arguments])


def test_where_nothing_runs_it_says_what_to_do(home: Path) -> None:
    told = why("bakery", "ada@example.com")

    assert told.exit_code == 2
    assert "coldframe up" in told.output
    assert "--profile" in told.output
    assert home.exists()


def test_an_address_that_nobody_has_is_told_as_such(home: Path) -> None:
    kept(home)

    told = why("bakery", "nobody@example.com")

    assert told.exit_code == 1
    assert "nobody of the address nobody@example.com is known to bakery" in told.output


def test_text_that_is_no_address_is_told_as_such(home: Path) -> None:
    kept(home)

    told = why("bakery", "ada")

    assert told.exit_code == 2
    assert "An email address has an @ in it" in told.output


def test_a_kept_lead_is_told_in_its_own_time(home: Path) -> None:
    kept(home)

    told = json.loads(why("bakery", "Ada@example.com", "--json").stdout)

    assert told["zone"] == "Europe/Vienna"
    [journey] = told["journeys"]
    first = journey["steps"][0]
    assert (first["word"], first["why"]) == ("not yet", "it is night where the lead lives")
    assert first["until"] == "2026-11-21T08:00:00+01:00"


def test_a_journey_that_is_no_journey_gets_a_hint(home: Path) -> None:
    kept(home)

    told = why("bakery", "ada@example.com", "welcom")

    assert told.exit_code == 2
    assert "did you mean 'welcome'" in told.output


def test_a_killed_towns_announcement_is_not_believed(home: Path) -> None:
    town = Running(
        pid=1, endpoint="http://127.0.0.1:1", window="http://127.0.0.1:1", region="eu-central-1",
        account="0", agent="",
    )  # fmt: skip
    file = home / "running.json"

    with announced(file, town):
        assert file.exists()
        assert running(file) is None

    assert not file.exists()
