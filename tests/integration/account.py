"""An AWS account in this process (moto), with what a client's stacks would have put there."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.session import Session
from botocore.session import get_session as own_session
from moto import mock_aws

from coldframe.adapters.aws import Clients
from coldframe.adapters.keys import SecretKeys

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_dynamodb.type_defs import (
        GlobalSecondaryIndexUnionTypeDef,
        KeySchemaElementTypeDef,
    )

REGION = "eu-central-1"
TABLE = "leads"
SECRET = "keys"
BUCKET = "files-of-the-bakery"
GROUP = "bakery"
HOOK_SECRET = "whsec_of_the_bakery"
BASE_URL = "https://go.lindenbakery.example"
JOURNEYS = ("welcome", "wedding")
ROLE = "arn:aws:iam::123456789012:role/any"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "COLDFRAME_TABLE": TABLE,
    "COLDFRAME_SECRET": SECRET,
    "COLDFRAME_BUCKET": BUCKET,
    "COLDFRAME_SWEEP_GROUP": GROUP,
    "COLDFRAME_CONFIGURATION_SET": "bakery",
    "COLDFRAME_TENANT": "",
    "COLDFRAME_BASE_URL": BASE_URL,
    "COLDFRAME_STAND_IN": "",
    "COLDFRAME_BROADCAST_FUNCTION": "send_broadcast",
}
Hook = Callable[..., None]


class Account:
    """Calls that reach AWS pass ``hooks``, by botocore's event: after the call, mostly."""

    def __init__(self) -> None:
        self.hooks: dict[str, Hook] = {}
        self.aws = Clients()
        self.keys = SecretKeys(self.aws("secretsmanager"), SECRET)
        self.machines: dict[str, str] = {}
        """Journey → its machine's ARN."""

    def items(self) -> list[dict[str, Any]]:
        pages = self.aws("dynamodb").get_paginator("scan").paginate(TableName=TABLE)
        return [item for page in pages for item in page["Items"]]

    def clear(self) -> None:
        self.hooks.clear()
        for item in self.items():
            key = {"pk": item["pk"], "sk": item["sk"]}
            self.aws("dynamodb").delete_item(TableName=TABLE, Key=key)
        self._schedule("at(2000-01-01T00:00:00)", "update_schedule")
        for machine in self.machines.values():
            self.aws("stepfunctions").delete_state_machine(stateMachineArn=machine)
        self._journey()

    def sweep_at(self) -> str:
        schedule = self.aws("scheduler").get_schedule(Name="sweep", GroupName=GROUP)
        return schedule["ScheduleExpression"].removeprefix("at(").removesuffix(")")

    def session(self) -> Session:
        session = own_session()
        for event in ("before-call", "after-call"):
            session.register(event, self._told)
        return session

    def _told(self, **told: Any) -> None:
        moment, _, call = str(told.pop("event_name")).partition(".")
        for name, hook in list(self.hooks.items()):
            if name == moment:
                hook(call=call, **told)

    def furnish(self) -> None:
        create_table(self.aws("dynamodb"))
        hooks = dict.fromkeys(("shop", "webinars", "bookings"), HOOK_SECRET)
        secret = json.dumps({"id": "generated-at-create", "sign": [], "hooks": hooks})
        self.aws("secretsmanager").create_secret(Name=SECRET, SecretString=secret)
        self.aws("sesv2").create_email_identity(EmailIdentity="lindenbakery.example")
        self.aws("scheduler").create_schedule_group(Name=GROUP)
        self._schedule("at(2000-01-01T00:00:00)", "create_schedule")
        self._journey()

    def _journey(self) -> None:
        """With no runs: moto keeps them with their machine."""
        for name in JOURNEYS:
            machine = self.aws("stepfunctions").create_state_machine(
                name=name, definition='{"StartAt":"A","States":{}}', roleArn=ROLE
            )
            self.machines[name] = machine["stateMachineArn"]

    def _schedule(self, expression: str, do: str) -> None:
        getattr(self.aws("scheduler"), do)(
            Name="sweep",
            GroupName=GROUP,
            ScheduleExpression=expression,
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": "arn:aws:lambda:eu-central-1:123456789012:function:s", "RoleArn": ROLE},
        )


@contextmanager
def open_account(patch: pytest.MonkeyPatch, playbook: Path) -> Iterator[Account]:
    for name, value in ENVIRONMENT.items():
        patch.setenv(name, value)
    patch.syspath_prepend(str(playbook))
    with mock_aws():
        account = Account()
        patch.setattr("coldframe.adapters.botocore_clients.get_session", account.session)
        account.furnish()
        patch.setenv("COLDFRAME_MACHINES", json.dumps(account.machines))
        yield account


def create_table(client: "DynamoDBClient") -> None:
    names = ("pk", "sk", "due_shard", "due_at", "member_shard")
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
        KeySchema=_key("pk", "sk"),
        GlobalSecondaryIndexes=[
            _index("due", "due_shard", "due_at"),
            _index("roster", "member_shard", "pk"),
        ],
    )


def _key(partition: str, sort: str) -> "list[KeySchemaElementTypeDef]":
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def _index(name: str, partition: str, sort: str) -> "GlobalSecondaryIndexUnionTypeDef":
    return {
        "IndexName": name,
        "KeySchema": _key(partition, sort),
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    }
