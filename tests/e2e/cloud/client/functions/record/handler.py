"""SES tells something: store it, and let the journey go on after a click."""

# ruff: noqa: INP001  # unpacked as it is, it is no package
import json
import os
from typing import Any

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
states = boto3.client("stepfunctions")


def handler(event: dict[str, Any], _context: object) -> None:
    for record in event["Records"]:
        told = json.loads(record["body"])
        message = told["mail"]["messageId"]
        kind = told["eventType"]
        table.put_item(Item={"pk": message, "sk": f"event#{kind}", "told": json.dumps(told)})
        if kind == "Click":
            waiting = table.get_item(Key={"pk": message, "sk": "token"})["Item"]
            answer = json.dumps({"clicked": True})
            states.send_task_success(taskToken=str(waiting["token"]), output=answer)
