"""Work per touchpoint and per due lead among 1,000, 10,000 and 100,000 leads, in one run."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import boto3
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from coldframe.adapters.alarm import SCHEDULE, ScheduledSweep
from coldframe.adapters.due import DynamoDueIndex
from coldframe.adapters.ledger import DynamoLedger
from coldframe.adapters.observations import DynamoObservations
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.table import Table, shard_of
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.lead import lead_id
from coldframe.domain.playbook import Reactions
from coldframe.domain.react import react
from coldframe.domain.touchpoint import FORM_SUBMITTED, TICK, Touchpoint, record
from coldframe.services.reacting import Reacting
from infra.playbook import compile_client
from tests.bench.calls import ASKED, Work, counted
from tests.fakes.clock import FrozenClock
from tests.fakes.due import due_by
from tests.fakes.playbook import InMemoryPlaybook

SIZES: Final = (1_000, 10_000, 100_000)
REGION: Final = "eu-central-1"
NAME: Final = "leads"
INDEXED: Final = ("sk", "due_at")
START: Final = datetime(2026, 11, 2, 9, tzinfo=UTC)
BAKERY: Final = Path(__file__).parents[2] / "clients/bakery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    dynamodb: Any
    scheduler: Any
    reactions: Reactions
    clock: FrozenClock

    @property
    def table(self) -> Table:
        return Table(self.dynamodb, NAME)

    def react(self, touchpoint: Touchpoint) -> None:
        """As the two functions do: the one appends, the other reacts."""
        touchpoints = DynamoTouchpoints(self.table)
        touchpoints.append(touchpoint)
        parked = Reacting(
            touchpoints=touchpoints,
            profiles=DynamoProfiles(self.table),
            observations=DynamoObservations(self.table),
            ledger=DynamoLedger(self.table),
            playbook=InMemoryPlaybook(rules=self.reactions),
            alarm=ScheduledSweep(self.table, self.scheduler, "group", self.clock),
            clock=self.clock,
        )(touchpoint)
        if parked:
            raise RuntimeError(f"{touchpoint.kind} was parked: {parked}")

    def sweep(self) -> None:
        """What is due now, ticked and reacted to."""
        for item in due_by(DynamoDueIndex(self.table), self.clock.now()):
            self.react(
                record(
                    lead=item.lead,
                    kind=TICK,
                    source="sweep",
                    received_at=self.clock.now(),
                    occurred_at=item.due_at,
                    data={"about": item.key},
                )
            )


def measure(sizes: tuple[int, ...] = SIZES, told: Callable[[str], None] = print) -> list[Work]:
    compiled = compile_client(BAKERY, environment="dev")
    return [_measured(size, compiled.reactions, told) for size in sizes]


def _measured(size: int, reactions: Reactions, told: Callable[[str], None]) -> Work:
    with mock_aws():
        crowd = _crowd(reactions)
        told(f"{size:,} leads")
        _fill(size, reactions)
        crowd.clock.at = START + timedelta(hours=1)
        with counted(crowd.dynamodb) as touchpoint:
            for number in range(ASKED):
                crowd.react(_viewed(number, crowd.clock.now()))
        crowd.clock.at = START + timedelta(days=29, minutes=1)
        with counted(crowd.dynamodb) as due:
            crowd.sweep()
        return Work(leads=size, touchpoint=touchpoint, due=due)


def _crowd(reactions: Reactions) -> Crowd:
    dynamodb = boto3.client("dynamodb", region_name=REGION)
    scheduler = boto3.client("scheduler", region_name=REGION)
    text = ("pk", "sk", "due_shard", "due_at", "member_shard")
    dynamodb.create_table(
        TableName=NAME,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in text],
        KeySchema=_keys("pk", "sk"),
        GlobalSecondaryIndexes=[
            _index("due", "due_shard", "due_at"),
            _index("roster", "member_shard", "pk"),
        ],
    )
    scheduler.create_schedule_group(Name="group")
    scheduler.create_schedule(
        Name=SCHEDULE,
        GroupName="group",
        ScheduleExpression="at(2099-12-31T23:59:59)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": "arn:aws:lambda:eu-central-1:1:function:f",
            "RoleArn": "arn:aws:iam::1:role/r",
        },
    )
    return Crowd(
        dynamodb=dynamodb, scheduler=scheduler, reactions=reactions, clock=FrozenClock(START)
    )


def _keys(partition: str, sort: str) -> Any:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def _index(name: str, partition: str, sort: str) -> Any:
    keys = _keys(partition, sort)
    return {"IndexName": name, "KeySchema": keys, "Projection": {"ProjectionType": "KEYS_ONLY"}}


def _fill(size: int, reactions: Reactions) -> None:
    """Straight into moto's memory: what is measured comes after.

    The first are due first, the next do something; of all others only what indexes see is kept.
    """
    table = dynamodb_backends["123456789012"][REGION].get_table(NAME)
    profiles = DynamoProfiles(Table(None, NAME))  # type: ignore[arg-type]  # it only builds the item
    posted = react(None, _posted(0), reactions).profile
    if posted is None:
        raise RuntimeError("a post makes a profile")
    template: dict[str, Any] = {}
    for number in range(2 * ASKED):
        due_at = START + timedelta(days=29 if number < ASKED else 30)
        standing = replace(posted.standing, due_at=due_at)
        profile = replace(posted, lead=_lead(number), standing=standing)
        item = profiles._profile(None, profile)["Put"]["Item"]
        table.put_item(item)
        template = {name: item[name] for name in INDEXED}
    for number in range(2 * ASKED, size):
        key = f"L#{_lead(number)}"
        shards = {name: {"S": shard_of(key, name)} for name in ("due", "leads")}
        own = {"pk": {"S": key}, "due_shard": shards["due"], "member_shard": shards["leads"]}
        made = Item(DynamoType(own["pk"]), DynamoType(template["sk"]), {**template, **own})
        table.items[made.hash_key][made.range_key] = made


def _lead(number: int) -> str:
    return lead_id(b"crowd", f"ada{number}@example.com")


def _posted(number: int) -> Touchpoint:
    data = {"form": "cake-guide", "fields": {}, "consents": {}, "address": "ada@example.com"}
    return record(
        lead=_lead(number), kind=FORM_SUBMITTED, source="form", received_at=START, data=data
    )


def _viewed(number: int, at: datetime) -> Touchpoint:
    """By leads who aren't the ones that are due."""
    return record(
        lead=_lead(ASKED + number),
        kind="page.viewed",
        source="site",
        received_at=at,
        data={"path": "/wedding"},
    )
