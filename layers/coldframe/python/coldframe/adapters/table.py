"""The client's one table: reads and conditional writes, in DynamoDB's own expressions."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import random
from time import sleep
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

from coldframe.adapters.attributes import Item, decoded_item, encoded, encoded_item
from coldframe.adapters.aws import code_of, faults_named
from coldframe.adapters.aws_faults import AwsRefusal
from coldframe.domain.errors import StaleLead, Throttled, Transient

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

SHARDS = 8
CONFLICT_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds: how long a single write waits for a transaction on the same item."""
SHORT_WAITS = 3
"""So many of them are for a transaction; whoever asked comes again anyway."""
Action = dict[str, dict[str, Any]]
Key = tuple[str, str]
Values = Mapping[str, object]
_NAME = re.compile(r"#\w+")


class ConditionFailed(Exception):
    """A single write lost its condition; ``item`` is what stands there."""

    def __init__(self, item: Item | None) -> None:
        super().__init__("condition failed")
        self.item = item


class Busy(Exception):
    """Another transaction is at one of the items right now."""


class TransactionFailed(Exception):
    """``lost`` maps the number of each action that lost its condition to what stands there."""

    def __init__(self, lost: dict[int, Item | None]) -> None:
        super().__init__(f"conditions failed: {sorted(lost)}")
        self.lost = lost


def lead_key(lead: str, sort: str) -> Key:
    return f"L#{lead}", sort


def shard_of(partition: str, name: str) -> str:
    """``<name>#<0-7>``, spread by the partition key."""
    return f"{name}#{crc32(partition.encode()) % SHARDS}"


def shards_of(name: str) -> list[str]:
    return [f"{name}#{number}" for number in range(SHARDS)]


@dataclass(frozen=True, slots=True)
class Table:
    """In expressions every attribute is written ``#name``; ``names`` is for those no word fits."""

    client: "DynamoDBClient"
    name: str

    def get(self, key: Key) -> Item | None:
        with faults_named():
            answer = self.client.get_item(TableName=self.name, Key=_key(key), ConsistentRead=True)
        return decoded_item(answer["Item"]) if answer.get("Item") else None

    def get_all(self, keys: Sequence[Key]) -> dict[Key, Item]:
        """Those that are there of at most 100, read consistently in one request."""
        asked: dict[str, Any] = {
            self.name: {"Keys": [_key(key) for key in keys], "ConsistentRead": True}
        }
        found: dict[Key, Item] = {}
        while asked:
            with faults_named():
                answer = self.client.batch_get_item(RequestItems=asked)
            items = map(decoded_item, answer["Responses"].get(self.name, []))
            found |= {(item["pk"], item["sk"]): item for item in items}
            asked = cast("dict[str, Any]", answer.get("UnprocessedKeys"))
        return found

    def put(
        self, key: Key, item: Mapping[str, Any], *, when: str = "", values: Values | None = None
    ) -> Action:
        return {
            "Put": {
                "TableName": self.name,
                "Item": {**_key(key), **encoded_item(item)},
                **_conditional(when, "", values or {}, {}),
            }
        }

    def update(
        self,
        key: Key,
        do: str,
        *,
        when: str = "",
        values: Values | None = None,
        names: Mapping[str, str] | None = None,
    ) -> Action:
        return {
            "Update": {
                "TableName": self.name,
                "Key": _key(key),
                "UpdateExpression": do,
                **_conditional(when, do, values or {}, names or {}),
            }
        }

    def delete(self, key: Key, *, when: str = "", values: Values | None = None) -> Action:
        condition = _conditional(when, "", values or {}, {})
        return {"Delete": {"TableName": self.name, "Key": _key(key), **condition}}

    def write(self, action: Action) -> None:
        """One write, on its own; ConditionFailed if it loses. Waits for transactions to pass."""
        ((verb, request),) = action.items()
        self._patiently(getattr(self.client, f"{verb.lower()}_item"), request)

    def updated(self, action: Action) -> Item:
        """Like ``write``, of an update; the whole item as it stands now."""
        request = {**action["Update"], "ReturnValues": "ALL_NEW"}
        return decoded_item(self._patiently(self.client.update_item, request)["Attributes"])

    def _patiently(self, method: Callable[..., Any], request: dict[str, Any]) -> dict[str, Any]:
        for pause in CONFLICT_PAUSES:
            try:
                return self._once(method, request)
            except AwsRefusal as error:
                if code_of(error) != "TransactionConflictException":
                    raise
                sleep(pause)
        raise Transient("TransactionConflictException")

    def _once(self, method: Callable[..., Any], request: dict[str, Any]) -> dict[str, Any]:
        try:
            with faults_named():
                return cast("dict[str, Any]", method(**request))
        except AwsRefusal as error:
            if code_of(error) != "ConditionalCheckFailedException":
                raise
            item = cast("dict[str, Any] | None", error.response.get("Item"))
            raise ConditionFailed(decoded_item(item) if item else None) from error

    def transact(self, actions: Sequence[Action]) -> None:
        """All or nothing; TransactionFailed says who lost. A conflict that lasts is StaleLead.

        It waits a little for transactions on the same items: leads that are counted share some.
        """
        for pause in CONFLICT_PAUSES[:SHORT_WAITS]:
            with suppress(Busy):
                return self._transact(actions)
            sleep(pause * (1 + random()))  # noqa: S311 - to come back apart, no secret
        raise StaleLead("TransactionConflict")

    def _transact(self, actions: Sequence[Action]) -> None:
        try:
            with faults_named():
                self.client.transact_write_items(TransactItems=cast("Any", list(actions)))
        except AwsRefusal as error:
            if code_of(error) != "TransactionCanceledException":
                raise
            reasons = cast("list[dict[str, Any]]", error.response.get("CancellationReasons", []))
            raise _cancelled(reasons) from error

    def query(
        self,
        condition: str,
        *,
        index: str | None = None,
        limit: int = 0,
        backwards: bool = False,
        **values: object,
    ) -> Iterator[Item]:
        """What matches, page by page; consistent unless an index is asked.

        The first page is of ``limit``, each other twice as large as the one before.
        """
        request: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": _names(condition, {}),
            "ExpressionAttributeValues": _values(values),
            **({"IndexName": index} if index else {"ConsistentRead": True}),
            **({"Limit": limit} if limit else {}),
            **({"ScanIndexForward": False} if backwards else {}),
        }
        while True:
            with faults_named():
                page = self.client.query(**request)
            yield from map(decoded_item, page["Items"])
            if not page.get("LastEvaluatedKey"):
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
            if limit:
                request["Limit"] *= 2


def _cancelled(reasons: list[dict[str, Any]]) -> Exception:
    codes = [reason.get("Code", "None") for reason in reasons]
    lost = {
        number: decoded_item(reason["Item"]) if reason.get("Item") else None
        for number, reason in enumerate(reasons)
        if reason.get("Code") == "ConditionalCheckFailed"
    }
    if lost:
        return TransactionFailed(lost)
    if "TransactionConflict" in codes:
        return Busy("TransactionConflict")
    if {"ThrottlingError", "ProvisionedThroughputExceeded"} & set(codes):
        return Throttled("TransactionCanceledException")
    return Transient(next((code for code in codes if code != "None"), "TransactionCanceled"))


def _key(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key[0]}, "sk": {"S": key[1]}}


def _names(expression: str, names: Mapping[str, str]) -> dict[str, str]:
    return {token: names.get(token, token[1:]) for token in _NAME.findall(expression)}


def _values(values: Values) -> dict[str, Any]:
    return {f":{name}": encoded(value) for name, value in values.items()}


def _conditional(when: str, do: str, values: Values, names: Mapping[str, str]) -> dict[str, Any]:
    request: dict[str, Any] = {}
    if when:
        request["ConditionExpression"] = when
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    if used := _names(f"{when} {do}", names):
        request["ExpressionAttributeNames"] = used
    if values:
        request["ExpressionAttributeValues"] = _values(values)
    return request
