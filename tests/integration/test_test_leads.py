"""Testers are led through everything like anybody, and counted nowhere."""

from datetime import timedelta
from pathlib import Path

import pytest

from coldframe.adapters.records import DynamoRecords
from coldframe.adapters.table import Table
from infra.playbook import CompiledClient
from tests.integration.account import TABLE, Account
from tests.integration.importing import Desk
from tests.integration.world import World
from workbench.leads.roster import Roster
from workbench.operating.forgetting import forgotten, leads_of_testers

ROSA, ADA = "rosa@lindenbakery.example", "ada@example.com"


@pytest.fixture
def desk(account: Account, bakery: CompiledClient, tmp_path: Path) -> Desk:
    return Desk(account=account, book=bakery, folder=tmp_path)


def posted(world: World, *addresses: str) -> None:
    for address in addresses:
        world.post({"email": address, "first_name": "Somebody"})
    world.settle()


def counted(desk: Desk) -> list[str]:
    roster = Roster(table=desk.table, sleep=lambda _: None)
    return [record.profile.address for record in roster.records() if record.profile]


def test_a_tester_gets_the_mails_and_is_in_no_count(world: World, desk: Desk) -> None:
    posted(world, "Rosa@LindenBakery.example", ADA)

    assert len(world.mails) >= 2
    assert counted(desk) == [ADA]
    assert [record.lead for record in leads_of_testers(desk.reached)] == [desk.lead(ROSA).lead]


def test_an_imported_tester_is_one_too(desk: Desk) -> None:
    desk.take(f"email\n{ROSA}\n{ADA}\n", mapping="columns: {email: email}\n")

    assert counted(desk) == [ADA]


def test_one_command_removes_them_and_who_posts_again_begins_anew(world: World, desk: Desk) -> None:
    posted(world, ROSA, ADA)
    desk.now = world.now
    lead, told = desk.lead(ROSA).lead, []

    many = forgotten(desk.reached, lambda record: told.append(record.lead))

    assert (many, told) == (1, [lead])
    left = DynamoRecords(Table(desk.table.client, TABLE)).get(lead)
    assert (left.touchpoints, left.enrolments, left.messages) == ((), (), ())
    assert list(leads_of_testers(desk.reached)) == []
    assert desk.lead(ADA).touchpoints

    before = len(world.mails)
    world.now += timedelta(days=1)
    posted(world, ROSA)
    assert len(world.mails) > before
    assert [record.lead for record in leads_of_testers(desk.reached)] == [lead]
