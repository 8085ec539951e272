"""Through every function: one lead too many, and nothing goes out until somebody has looked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.adapters.counting import DynamoNewcomers
from coldframe.adapters.surges import DynamoSurges
from coldframe.adapters.table import Table
from coldframe.domain.errors import StaleLead
from coldframe.services.surging import looked_at
from tests.fakes.clock import FrozenClock
from tests.integration.account import TABLE
from tests.integration.world import START, World


def test_two_who_write_of_it_at_once_do_not_undo_each_other(world: World) -> None:
    table = Table(world.account.aws("dynamodb"), TABLE)
    one, other = (DynamoSurges(table, FrozenClock(world.now)) for _ in range(2))
    for since in (START, START + timedelta(hours=1)):
        read, same = one.read(), other.read()
        one.save(replace(read, since=since))

        with pytest.raises(StaleLead):
            other.save(replace(same, since=None))

    assert other.read().since == START + timedelta(hours=1)


def test_a_surge_is_held_told_of_and_released(world: World) -> None:
    client = world.account.aws("dynamodb")
    client.put_item(
        TableName=TABLE,
        Item={"pk": {"S": "N#0"}, "sk": {"S": "2026-11-20"}, "h09": {"N": "49"}},
    )
    world.post({"email": "grace@example.com", "first_name": "Grace"})
    world.settle()
    for number in range(3):
        world.post({"email": f"ada{number}@example.com", "first_name": "Ada"})
    world.pass_time(START + timedelta(minutes=40))

    assert world.sent()["cake-guide"] == 1
    table = Table(client, TABLE)
    surges, newcomers = DynamoSurges(table, FrozenClock(world.now)), DynamoNewcomers(table)
    held = surges.read()
    assert held.since == START.replace(minute=0)
    assert (held.leads, held.limit) == (51, 50)

    looked_at(surges, newcomers, now=world.now, dropped=False)
    world.pass_time(START + timedelta(hours=3))

    assert world.sent()["cake-guide"] == 4
    assert surges.read().since is None
    assert surges.read().looked[-1].leads == 53
