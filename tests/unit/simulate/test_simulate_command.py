"""`coldframe simulate`: what it prints, and what it says when it can't."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workbench.cli import app


def run(folder: Path, *arguments: str) -> Result:
    clients = ("--clients", str(folder.parent))
    return CliRunner().invoke(app, ["simulate", *arguments, *clients, "--leads", "30"])


def test_it_prints_the_behaviour_and_what_came_of_it(folder: Path) -> None:
    shown = run(folder, "garden", "six", "--set", "open=61%")

    assert shown.exit_code == 0
    assert "garden, six: 30 leads over 90 days (seed 7)" in shown.output
    for part in ("open                      61%", "tip-6", "Goal", "Mails", "state transitions"):
        assert part in shown.output


def test_the_same_seed_prints_the_same_bytes(folder: Path) -> None:
    for more in ((), ("--json",), ("--lead", "alan-00002@example.com")):
        one, two = (run(folder, "garden", "tested", *more).output for _ in range(2))
        assert one == two
        assert one != run(folder, "garden", "tested", "--seed", "8", *more).output


def test_json_says_what_the_text_says(folder: Path) -> None:
    found = json.loads(run(folder, "garden", "tested", "--json").output)

    assert found["entered"] == 30
    assert found["steps"][0]["step"] == "length"
    assert found["splits"][0]["holdout"]["treated"]["leads"] > 0
    assert found["cost"]["dollars_per_1000_mails"]["ses"] == 0.1


def test_one_leads_diary_is_in_its_own_time(folder: Path) -> None:
    zone = ("--set", "zones={Asia/Tokyo: 100%}")

    shown = run(folder, "garden", "six", "--lead", "grace-00001@example.com", *zone)
    told = json.loads(
        run(folder, "garden", "six", "--lead", "grace-00001@example.com", "--json", *zone).output
    )

    assert "zone: Asia/Tokyo" in shown.output
    assert "comes in as grace-00001@example.com" in shown.output
    assert all(line["local"].endswith("+09:00") for line in told["diary"])


def test_a_draft_may_be_simulated(folder: Path) -> None:
    assert run(folder, "garden", "tested").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("gardn", "six"), 2, "did you mean 'garden'?"),
        (("garden", "sixx"), 2, "did you mean 'six'?"),
        (("garden", "six", "--lead", "ada@example.com"), 2, "they are ada-00000@example.com to"),
        (("garden", "six", "--lead", "linus-00017@example.org"), 2, "no lead"),
        (("garden", "six", "--lead", f"ada-{'9' * 5000}@example.com"), 2, "no lead"),
        (("garden", "six", "--set", "open_after=99999999 days"), 1, "at most a hundred years"),
        (("garden", "six", "--set", f"open_after={'9' * 30} seconds"), 1, "is too long"),
        (("garden", "six", "--days", "0"), 2, "greater than or equal to 1"),
        (("garden", "six", "--set", "opne=1%"), 1, "did you mean 'open'?"),
        (("garden", "six", "--set", "open"), 1, "write e.g. `open=60%`"),
        (("garden", "six", "--set", "zones={Europe/Wien: 5%}"), 1, "there is no time zone"),
        (("garden", "six", "--set", "values={trad: {a: 5%}}"), 1, "did you mean 'trade'?"),
        (("garden", "six", "--set", "zones={client: 80%, UTC: 40%}"), 1, "at most 100%"),
    ],
)
def test_what_cannot_be_done_says_why(
    folder: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    refused = run(folder, *arguments)

    assert refused.exit_code == code
    assert said in " ".join(refused.output.split())


def test_a_behaviour_file_tells_all_its_mistakes_with_their_lines(
    folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "eager.yaml"
    file.write_text("open: 90%\nclick: often\nopen_after: soon\nreplies: 3%\n", encoding="utf-8")

    refused = run(folder, "garden", "six", "--behaviour", str(file))

    assert refused.exit_code == 1
    for said in ("eager.yaml:2 click", "eager.yaml:3 open_after", "eager.yaml:4 replies"):
        assert said in refused.output


def test_a_behaviour_file_is_overruled_by_the_command_line(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "eager.yaml"
    file.write_text("open: 90%\nopen_after: 30 seconds\n", encoding="utf-8")

    shown = run(folder, "garden", "six", "--behaviour", str(file), "--set", "open=91%")

    assert "open                      91%" in shown.output
    assert "open_after         30 seconds" in shown.output


def test_a_folder_with_mistakes_is_not_simulated(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "clients" / "broken"
    for path in folder.rglob("*.*"):
        copy = broken / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes().replace(b"send: tip-6", b"send: tipp-6"))

    refused = run(broken, "broken", "six")

    assert refused.exit_code == 1
    assert "journeys/six.yaml" in refused.output
