"""Whoever asks of a lead's company, wherever in the folder, makes leads hear of theirs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, edit

NEED = "field company.active_leads"
ASKED = "company.active_leads >= 2"


def in_a_branch(folder: Path) -> None:
    arm = f"- branch: [{{if: {ASKED}, label: team, then: [{{wait: 1 day}}]}}, {{else: []}}]"
    edit(folder, "journeys/welcome.yaml", "- hand_off: owner", f"{arm}\n  - hand_off: owner")


def in_a_wait(folder: Path) -> None:
    wait = f"- wait: days(2) if {ASKED} else days(1)\n  - hand_off: owner"
    edit(folder, "journeys/welcome.yaml", "- hand_off: owner", wait)


def in_a_mail(folder: Path) -> None:
    block = f"{{% if {ASKED} %}}\n\nYou are several.\n\n{{% endif %}}\n\nLast June a"
    edit(folder, "emails/case-study.md", "Last June a", block)


def in_a_cap(folder: Path) -> None:
    caps = f"\ncaps: [{{mails: 2, days: 7, when: {ASKED}}}]"
    client = folder / "client.yaml"
    lines = client.read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("caps:"))
    client.write_text(kept + caps, encoding="utf-8")


def in_a_segment(folder: Path) -> None:
    (folder / "segments.yaml").write_text(f"team: {ASKED}\n", encoding="utf-8")


@pytest.mark.parametrize("ask", [in_a_branch, in_a_wait, in_a_mail, in_a_cap, in_a_segment])
def test_one_that_asks_is_enough(tmp_path: Path, ask: Callable[[Path], None]) -> None:
    folder = bakery(tmp_path)
    before = compile_client(folder, environment="dev").reactions
    ask(folder)

    after = compile_client(folder, environment="dev").reactions

    assert NEED not in before.needs
    assert NEED in after.needs
    assert after.version != before.version, "leads who are known already hear of theirs, too"
