"""A journey's step: send a mail, and keep the token of who waits for the click."""

# ruff: noqa: INP001  # unpacked as it is, it is no package
import os
from typing import Any

import boto3
from greeting import GREETING  # type: ignore[import-not-found]  # the layer brings it

mailer = boto3.client("sesv2")
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
HTML = '<p><a href="https://acme.example/x?a=1&amp;b=2">go</a></p>'


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    sent = mailer.send_email(
        FromEmailAddress="Acme <hello@acme.example>",
        Destination={"ToAddresses": [event["email"]]},
        Content={
            "Simple": {
                "Subject": {"Data": GREETING},
                "Body": {"Html": {"Data": HTML}, "Text": {"Data": "go"}},
                "Headers": [{"Name": "List-Unsubscribe", "Value": "<https://acme.example/u>"}],
            }
        },
        EmailTags=[{"Name": "lead", "Value": event["email"]}],
        ConfigurationSetName=os.environ["CONFIGURATION_SET"],
    )
    if "token" in event:
        table.put_item(Item={"pk": sent["MessageId"], "sk": "token", "token": event["token"]})
    return {"message": sent["MessageId"]}
