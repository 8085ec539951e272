"""An edited folder changes just the decisions that the edit is about; told by the command."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.fakes.world import lead_of
from tests.unit.replay.nursery import ADA, ALAN, GRACE, Nursery
from workbench.cli import app

WELCOME = "journeys/welcome.yaml"
Line = tuple[str, str, str, str, str]


def replay(nursery: Nursery, history: Path, *more: str) -> Result:
    given = ["replay", "nursery", "--history", str(history), "--clients", str(nursery.clients)]
    return CliRunner().invoke(app, [*given, *more])


def edited(nursery: Nursery, file: str, old: str, new: str) -> list[Line]:
    """Who, which kind, what, was and is now, after an export and then this edit."""
    history = nursery.export(nursery.clients / "history.jsonl")
    nursery.edit(file, old, new)
    found = replay(nursery, history, "--json")
    told = json.loads(found.stdout)
    names = {lead_of(each): each.partition("@")[0] for each in (ADA, GRACE, ALAN)}
    lines = [
        (names[each["lead"]], change["kind"], change["what"], change["was"], change["now"])
        for each in told["changed"]
        for change in ({"what": "", **change} for change in each["changes"])
    ]
    assert found.exit_code == (1 if lines else 0)
    assert told["changes"] == len(lines) == sum(told["by_kind"].values())
    return lines


def test_an_edit_of_words_changes_no_decision(nursery: Nursery) -> None:
    assert edited(nursery, WELCOME, "why: A test.", "why: Another test.") == []


def test_an_edited_condition_leads_another_way(nursery: Nursery) -> None:
    at = "2026-11-18 10:00:00"
    end = "not sent: completed 2026-11-23 10:00:00"

    assert edited(nursery, WELCOME, "seats >= 50", "seats >= 70") == [
        ("ada", "branch", "size", "large", "else"),
        ("ada", "mail", "call-us", f"sent {at}", end),
        ("ada", "mail", "tip", end, f"sent {at}"),
    ]


def test_a_longer_limit_moves_who_waited_to_its_end(nursery: Nursery) -> None:
    assert edited(nursery, WELCOME, "limit: 5 days", "limit: 7 days") == [
        ("ada", "time", "reminder", "2026-11-23 10:00:00", "2026-11-25 10:00:00")
    ]


def test_a_limit_that_ends_before_the_event_leads_another_way(nursery: Nursery) -> None:
    was, now = "2026-11-20 10:00:00", "2026-11-19 10:00:00"

    assert edited(nursery, WELCOME, "limit: 5 days", "limit: 1 day") == [
        ("ada", "time", "reminder", "2026-11-23 10:00:00", "2026-11-19 10:00:00"),
        ("grace", "mail", "reminder", f"not sent: completed {was}", f"sent {now}"),
        ("grace", "notice", "notify:notify-owner", f"sent {was}", f"not sent: completed {now}"),
    ]


def test_a_longer_wait_is_told_once_for_each_lead(nursery: Nursery) -> None:
    moved = "2026-11-18 10:00:00", "2026-11-19 10:00:00"

    assert edited(nursery, WELCOME, "  - wait: 2 days\n", "  - wait: 3 days\n") == [
        ("ada", "time", "call-us", *moved),
        ("grace", "time", "tip", *moved),
    ]


def test_without_its_entry_nobody_is_enrolled(nursery: Nursery) -> None:
    lines = edited(nursery, WELCOME, "enter: {form: guide}", "enter: by_hand")

    entered = "entered 2026-11-16 10:00:00"
    assert [line for line in lines if line[1] == "enrolment"] == [
        (name, "enrolment", "", entered, "not entered") for name in ("ada", "grace", "alan")
    ]
    assert {line[4] for line in lines if line[1] == "mail"} == {"not sent: not in the journey"}
    assert len(lines) == 3 + 3 + 3 + 1


def test_a_mail_that_is_gone_is_not_sent(nursery: Nursery) -> None:
    end = "completed 2026-11-23 10:00:00"

    assert edited(nursery, WELCOME, "    else: [{send: reminder}]\n", "") == [
        ("ada", "mail", "reminder", "sent 2026-11-23 10:00:00", f"not sent: {end}")
    ]


def test_an_event_that_no_longer_ends_the_journey(nursery: Nursery) -> None:
    old = "exit_when: order.placed\ngoal: {event: order.placed"
    new = old.replace("placed", "paid")

    assert edited(nursery, WELCOME, old, new) == [
        ("alan", "branch", "size", "not asked", "else"),
        (
            "alan",
            "exit",
            "",
            "converted 2026-11-17 10:00:00",
            "completed 2026-11-23 10:00:00",
        ),
        (
            "alan",
            "mail",
            "tip",
            "not sent: converted 2026-11-17 10:00:00",
            "sent 2026-11-18 10:00:00",
        ),
        (
            "alan",
            "mail",
            "reminder",
            "not sent: converted 2026-11-17 10:00:00",
            "sent 2026-11-23 10:00:00",
        ),
    ]


def test_mails_of_a_topic_that_nobody_agreed_to_are_withheld(nursery: Nursery) -> None:
    history = nursery.export(nursery.clients / "history.jsonl")
    topics = "topics: {letters: Nursery letters, sales: Offers}"
    nursery.edit("client.yaml", "topics: {letters: Nursery letters}", topics)
    for file in (WELCOME, "emails/call-us.md", "emails/tip.md", "emails/reminder.md"):
        nursery.edit(file, "topic: letters", "topic: sales")

    told = json.loads(replay(nursery, history, "--json").stdout)

    changes = [change for each in told["changed"] for change in each["changes"]]
    assert told["by_kind"] == {"mail": 3}
    assert [each["what"] for each in changes] == ["call-us", "reminder", "tip"]
    assert {each["now"].partition(": ")[2] for each in changes} == {
        "the lead never agreed to this topic"
    }


def test_other_points_give_another_score_and_tier(nursery: Nursery) -> None:
    lines = edited(nursery, "scoring.yaml", "points: 10", "points: 60")

    assert [line for line in lines if line[0] == "ada"] == [
        ("ada", "known", "engagement", "10", "60"),
        ("ada", "known", "score", "10", "60"),
        ("ada", "known", "tier", "cool", "warm"),
    ]
    assert len(lines) == 9


def test_a_stricter_segment_holds_fewer(nursery: Nursery) -> None:
    assert edited(nursery, "segments.yaml", ">= 1", ">= 2") == [
        ("grace", "known", "segments", "eager", "none")
    ]


def test_the_same_history_gives_the_same_bytes(nursery: Nursery) -> None:
    history = nursery.export(nursery.clients / "history.jsonl")
    nursery.edit(WELCOME, "seats >= 50", "seats >= 70")

    told = [replay(nursery, history).stdout_bytes for _ in range(2)]

    assert told[0] == told[1]
    assert "because seats is 60 (needs at least 70)" in told[0].decode()
    assert told[0].decode().endswith("would be another: branch 1, mail 2\n")


@pytest.mark.parametrize("personal", [True, False])
def test_pseudonyms_change_no_decision(nursery: Nursery, *, personal: bool) -> None:
    history = nursery.export(nursery.clients / "history.jsonl", personal=personal)

    found = replay(nursery, history)

    assert found.exit_code == 0, found.output
    assert "Every decision is the same." in found.stdout
