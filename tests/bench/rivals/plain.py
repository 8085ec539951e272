"""The same jobs as a plain script does them, with boto3's resource and Jinja."""

import base64
import json
import os
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import boto3
from jinja2 import Environment

table = boto3.resource("dynamodb").Table(os.environ["COLDFRAME_TABLE"])
ses, sfn = boto3.client("sesv2"), boto3.client("stepfunctions")
jinja = Environment(autoescape=True)
PAGE = jinja.from_string(
    "<html><body><p>Hello {{ name }},</p>"
    "{% for link in links %}<p><a href='{{ link }}'>read</a></p>{% endfor %}"
    "<p><a href='{{ out }}'>unsubscribe</a></p></body></html>"
)


def _now() -> str:
    return datetime.now(UTC).isoformat()


def capture(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """A post is stored, read again by whoever starts the journey, and the journey is started."""
    posted = parse_qs(base64.b64decode(event["body"]).decode())
    lead = {name: values[0] for name, values in posted.items()}
    table.put_item(Item={"id": lead["email"], **lead, "at": _now()})
    table.get_item(Key={"id": lead["email"]})
    sfn.start_execution(
        stateMachineArn="arn:aws:states:::stateMachine:j",
        name=str(uuid4()),
        input=json.dumps({"lead": lead["email"]}),
    )
    return {"statusCode": 303, "headers": {"location": "https://bakery.example/thanks"}}


def touchpoint(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """What a lead did is stored, and counted in its score."""
    told = json.loads(event["body"])
    table.put_item(Item={"id": f"{told['email']} {told['id']}", **told, "at": _now()})
    table.update_item(
        Key={"id": told["email"]},
        UpdateExpression="SET last_seen = :at ADD score :points",
        ExpressionAttributeValues={":at": _now(), ":points": 10},
    )
    return {"statusCode": 202}


def mail(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """A lead is read, its mail rendered and sent, and that it was sent is written down."""
    lead = table.get_item(Key={"id": event["lead"]}).get("Item", {})
    links = [f"https://go.bakery.example/{uuid4()}" for _ in range(3)]
    out = f"https://go.bakery.example/unsubscribe/{uuid4()}"
    message = EmailMessage()
    message["Subject"], message["From"] = "Your cake guide", "rosa@bakery.example"
    message["To"], message["List-Unsubscribe"] = "ada@example.com", f"<{out}>"
    message.set_content("Hello")
    told = {"name": lead.get("first_name", ""), "links": links, "out": out}
    message.add_alternative(PAGE.render(told), subtype="html")
    answer = ses.send_email(Content={"Raw": {"Data": message.as_bytes()}})
    table.update_item(
        Key={"id": event["lead"]},
        UpdateExpression="SET sent_at = :at, ses_id = :id",
        ExpressionAttributeValues={":at": _now(), ":id": answer["MessageId"]},
    )
    return {}


def events(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Each SES event is written down where its message is."""
    for record in event["Records"]:
        told = json.loads(record["body"])
        table.update_item(
            Key={"id": told["mail"]["tags"]["message"][0]},
            UpdateExpression="SET #k = :at",
            ExpressionAttributeNames={"#k": told["eventType"]},
            ExpressionAttributeValues={":at": told["mail"]["timestamp"]},
        )
    return {}
