"""A form is posted: store the lead, start its journey."""

# ruff: noqa: INP001  # unpacked as it is, it is no package
import base64
import json
import os
import urllib.parse
from typing import Any

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
states = boto3.client("stepfunctions")


class Boom(Exception):
    """Something the visitor must not see."""


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    match event["rawPath"]:
        case "/boom":
            raise Boom("ada@example.com is secret")
        case "/echo":
            return {"statusCode": 200, "body": json.dumps(event), "cookies": ["a=1", "b=2"]}
        case "/pixel":
            pixel = base64.b64encode(b"\x00GIF").decode()
            return {"statusCode": 200, "body": pixel, "isBase64Encoded": True}
    form = dict(urllib.parse.parse_qsl(base64.b64decode(event["body"]).decode()))
    table.put_item(Item={"pk": form["email"], "sk": "lead", "kind": "touchpoint"})
    states.start_execution(
        stateMachineArn=os.environ["JOURNEY"],
        name=form["email"].split("@", maxsplit=1)[0],
        input=json.dumps({"email": form["email"]}),
    )
    return {"statusCode": 303, "headers": {"Location": "/thanks"}}
