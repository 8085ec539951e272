"""`coldframe leads merge`, `duplicates`, `not-same` and `access`, against a table."""

import json
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from coldframe.adapters.records import DynamoRecords
from coldframe.adapters.table import Table
from tests.integration.account import TABLE
from tests.integration.world import START, World
from workbench.cli import app
from workbench.leads.access import AccessLog, this_command
from workbench.leads.sources import Reached
from workbench.smoke.account import Deployed

ADA = {"email": "ada@example.com", "first_name": "Ada", "letters": "yes"}
TAGGED = {"email": "ada+cakes@example.com", "first_name": "Ada"}
GRACE = {"email": "grace@example.com", "first_name": "Grace"}


@pytest.fixture
def reached(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three leads, two of whom look like one; commands find them where the world is."""
    for face in (ADA, TAGGED, GRACE):
        world.post(face)
        world.pass_time(world.now + timedelta(minutes=10))
    table = Table(world.account.aws("dynamodb"), TABLE)
    log = AccessLog(table=table, now=lambda: world.now, by=lambda: "rosa", command=this_command)
    deployed = Deployed(
        address="https://go.example",
        records=DynamoRecords(table),
        keys=world.account.keys,
        noted=log.note,
    )

    def client(service: str) -> Any:
        return world.account.aws(service)  # type: ignore[call-overload]  # the name is a variable

    place = Reached(where="here", now=lambda: world.now, deployed=deployed, client=client)

    def found(*_: object, **__: object) -> Reached:
        return place

    for module in ("merging", "access"):
        monkeypatch.setattr(f"workbench.commands.{module}.reached", found)
    return world


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["leads", *arguments])


def rows(told: Result) -> Any:
    return json.loads(told.stdout)


def test_a_plus_tag_suggests_a_merge_and_merges_nobody(reached: World) -> None:
    told = rows(run("duplicates", "bakery", "--json"))

    one, other = ADA["email"], TAGGED["email"]
    assert told == [{"one": one, "other": other, "reasons": ["same mailbox"]}]
    assert reached.mails


def test_who_is_said_not_to_be_the_same_is_suggested_no_more(reached: World) -> None:
    assert run("not-same", "bakery", TAGGED["email"], ADA["email"]).exit_code == 0

    assert rows(run("duplicates", "bakery", "--json")) == []
    assert reached.mails


def test_without_yes_it_is_only_said(reached: World) -> None:
    before = len(reached.account.items())

    told = run("merge", "bakery", TAGGED["email"], ADA["email"])

    assert told.exit_code == 0
    assert f"{TAGGED['email']} becomes {ADA['email']}" in told.output
    assert "can't be undone" in told.output
    assert "nothing was done" in told.output
    looked = 2
    assert len(reached.account.items()) == before + looked


def test_with_yes_it_is_done_once(reached: World) -> None:
    assert run("merge", "bakery", TAGGED["email"], ADA["email"], "--yes").exit_code == 0
    reached.pass_time(START + timedelta(hours=2))

    again = run("merge", "bakery", TAGGED["email"], ADA["email"], "--yes")

    assert again.exit_code == 1
    assert "one lead already" in again.output
    assert rows(run("duplicates", "bakery", "--json")) == []


def test_whoever_looks_is_written_down(reached: World) -> None:
    run("merge", "bakery", TAGGED["email"], ADA["email"])
    reached.now += timedelta(minutes=1)
    run("duplicates", "bakery")
    reached.now += timedelta(minutes=1)

    told = rows(run("access", "bakery", ADA["email"], "--json"))

    assert [(each["command"].split()[-1], each["everybody"]) for each in told] == [
        ("merge", False),
        ("duplicates", True),
        ("access", False),
    ]
    assert {each["by"] for each in told} == {"rosa"}
    stored = [item for item in reached.account.items() if item["sk"]["S"].startswith("LOG#")]
    assert ADA["email"] not in json.dumps(stored)


def test_nobody_known_is_nobody_looked_at(reached: World) -> None:
    before = len(reached.account.items())

    assert run("access", "bakery", "nobody@example.com").exit_code == 1

    assert len(reached.account.items()) == before
