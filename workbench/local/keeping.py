"""Leads and mails kept between two runs of the local cloud.

What is loaded goes through the product itself: the table's items are put back, their stream is
reacted to again (every consequence is harmless the second time), and each open enrolment is put
into the due index, from where the sweep resumes it where it stands.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from coldframe.adapters.attributes import text
from coldframe.adapters.table import shard_of
from infra.place import Place
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.mail.message import Message

FIRST = ("G", "P", "A", "M", "O", "E", "W", "X", "B")
"""Sort keys' beginnings: what must stand before touchpoints and decisions are read again."""
SWEEP = "SWEEP"
"""The sweep's alarm: the new cloud sets its own."""
Items = list[dict[str, Any]]


def saved_at(file: Path) -> datetime | None:
    """When the kept cloud's clock stood still; None when nothing is kept."""
    return datetime.fromisoformat(_read(file)["at"]) if file.exists() else None


def save(
    file: Path, cloud: LocalCloud, *, tables: Mapping[str, str], addresses: Mapping[str, str]
) -> None:
    """``tables`` and ``addresses`` by client; written aside first, so that no half is ever kept."""
    kept = {
        "at": cloud.now().isoformat(),
        "addresses": dict(addresses),
        "tables": {client: _items(cloud, table) for client, table in tables.items()},
        "keys": {client: _secret(cloud, client)["SecretString"] for client in tables},
        "mails": [asdict(message) for message in cloud.sent],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".new")
    aside.write_text(json.dumps(kept, default=str), encoding="utf-8")
    aside.replace(file)


def load(
    file: Path, cloud: LocalCloud, *, tables: Mapping[str, str], addresses: Mapping[str, str]
) -> None:
    kept = _read(file)
    known = [client for client in tables if client in kept["tables"]]
    moved = {kept["addresses"][client]: addresses[client] for client in known}
    for client in known:
        _put_secret(cloud, client, kept["keys"][client])
        _put_items(cloud, tables[client], kept["tables"][client])
    for told in kept["mails"]:
        cloud.sent.remember(_message(told, moved))
    cloud.settle()
    for client in known:
        _make_open_ones_due(cloud, tables[client])
    ring(cloud)


def ring(cloud: LocalCloud, stacks: str = "") -> None:
    """The sweep of the stacks that are called so, of all: as at the end of a deployment."""
    functions = cloud.client("lambda")
    for page in functions.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            name = function["FunctionName"]
            if "SweepDue" in name and name.startswith(stacks):
                functions.invoke(FunctionName=name, Payload=b"{}")
    cloud.settle()


def _read(file: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def _items(cloud: LocalCloud, table: str) -> Items:
    pages = cloud.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    return [item for page in pages for item in page["Items"]]


def _put_items(cloud: LocalCloud, table: str, items: Iterable[dict[str, Any]]) -> None:
    dynamodb = cloud.client("dynamodb")
    for item in sorted(items, key=_turn):
        if item["pk"]["S"] != SWEEP:
            dynamodb.put_item(TableName=table, Item=item)


def _make_open_ones_due(cloud: LocalCloud, table: str) -> None:
    """Their runs ended with the old cloud; the sweep resumes them with what remains of a wait."""
    due_at = {"S": text(cloud.now())}
    for item in _items(cloud, table):
        if item["sk"]["S"].startswith("E#") and item.get("status", {}).get("S") == "open":
            shard = {"S": shard_of(item["pk"]["S"], "due")}
            due = {**item, "due_shard": shard, "due_at": due_at}
            cloud.client("dynamodb").put_item(TableName=table, Item=due)


def _turn(item: dict[str, Any]) -> int:
    """Facts come after what they made."""
    beginning = item["sk"]["S"].partition("#")[0]
    return FIRST.index(beginning) if beginning in FIRST else len(FIRST)


def _secret(cloud: LocalCloud, client: str) -> dict[str, Any]:
    place = Place(client=client, environment="dev")
    name = cloud.client("ssm").get_parameter(Name=place.parameter("keys"))["Parameter"]["Value"]
    secret: dict[str, Any] = cloud.client("secretsmanager").get_secret_value(SecretId=name)
    return secret


def _put_secret(cloud: LocalCloud, client: str, keys: str) -> None:
    arn = _secret(cloud, client)["ARN"]
    cloud.client("secretsmanager").put_secret_value(SecretId=arn, SecretString=keys)


def _message(told: dict[str, Any], moved: Mapping[str, str]) -> Message:
    told = {**told, "at": datetime.fromisoformat(told["at"])}
    for several in ("to", "cc", "bcc"):
        told[several] = tuple(told[several])
    told["headers"] = tuple((name, _moved(value, moved)) for name, value in told["headers"])
    message = Message(**told)
    return replace(message, html=_moved(message.html, moved), text=_moved(message.text, moved))


def _moved(text: str, moved: Mapping[str, str]) -> str:
    for old, new in moved.items():
        text = text.replace(old, new)
    return text
