"""A touchpoint appears in the stream: write the profile."""

# ruff: noqa: INP001  # unpacked as it is, it is no package
import os
from typing import Any

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def handler(event: dict[str, Any], _context: object) -> None:
    for record in event["Records"]:
        lead = record["dynamodb"]["Keys"]["pk"]["S"]
        table.put_item(Item={"pk": lead, "sk": "profile", "kind": "profile"})
