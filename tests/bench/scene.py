"""Events as AWS would send them, for leads who are on their way through the bakery's journey."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from coldframe.adapters.keys import Keys, SecretKeys, keys_of
from coldframe.adapters.links import SignedLinks
from coldframe.adapters.renderer import GO, UNSUBSCRIBE
from coldframe.domain.enrolment import message_id
from coldframe.entrypoints import settings as environment
from coldframe.entrypoints.server_events import signature
from tests.bench.answers import SECRET, Item
from tests.integration.requests import form_post, request
from tests.integration.stream import record

Event = dict[str, Any]
FIRST_STEP, FIRST_MAIL = "cake-guide", "cake-guide"
SAMPLES = {
    "table": "leads",
    "secret": "keys",
    "sweep_group": "leads",
    "machines": json.dumps({"welcome": "arn:aws:states:eu-central-1:1:stateMachine:welcome"}),
    "configuration_set": "bakery-dev",
    "tenant": "bakery-dev",
    "base_url": "https://go.bakery.example",
    "broadcast_function": "arn:aws:lambda:eu-central-1:1:function:broadcast",
    "bucket": "files",
    "domain": "reply.bakery.example",
    "stand_in": "",
}


def settings() -> dict[str, str]:
    """Every function's, in one."""
    return {f"{environment.PREFIX}{name.upper()}": value for name, value in SAMPLES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """A lead whose run stands at its first mail."""

    lead: str
    enrolment: str

    @property
    def message(self) -> str:
        return message_id(self.enrolment, FIRST_MAIL)


def walkers(enrolments: Sequence[Item]) -> list[Walker]:
    """Out of the enrolment items that `carry_out` put."""
    return [
        Walker(
            lead=item["pk"]["S"].removeprefix("L#"), enrolment=item["sk"]["S"].removeprefix("E#")
        )
        for item in enrolments
    ]


def posts(count: int) -> list[Event]:
    """Each from a network of its own, as visitors are."""
    found = [
        form_post({"email": f"ada{n}@example.com", "first_name": "Ada", "letters": "yes"})
        for n in range(count)
    ]
    for number, event in enumerate(found):
        event["requestContext"]["http"]["sourceIp"] = f"10.{number // 250 % 250}.{number % 250}.7"
    return found


def form_asked_for() -> Event:
    path = {"form": "cake-guide"}
    return request("GET", "/forms/{form}", path=path, accept_language="de, en;q=0.8")


def stream_of(items: Sequence[Item]) -> Event:
    return {"Records": [record(item, number) for number, item in enumerate(items, start=1)]}


def step(walker: Walker, name: str) -> Event:
    return {
        "v": 1,
        "lead": walker.lead,
        "enrolment": walker.enrolment,
        "generation": 1,
        "journey": "welcome",
        "step": name,
    }


def following(walker: Walker) -> Event:
    token = _links().sign(
        GO, lead=walker.lead, message=walker.message, target="https://bakery.example/", index=0
    )
    return request("GET", "/go/{token}", path={"token": token}, user_agent="Mozilla/5.0")


def looking(purpose: str, walker: Walker) -> Event:
    """At the page behind a link of the mail."""
    token = _links().sign(purpose, lead=walker.lead, message=walker.message)
    return request("GET", f"/{purpose}/{{token}}", path={"token": token})


def unsubscribing(walker: Walker) -> Event:
    token = _links().sign(UNSUBSCRIBE, lead=walker.lead, message=walker.message)
    return request("POST", "/unsubscribe/{token}", path={"token": token}, body=b"a=b")


def server_event(number: int = 0) -> Event:
    """About one of those who posted."""
    address = f"ada{number}@example.com"
    told = {"event": "tasting.booked", "email": address, "id": f"booking-{number}"}
    body = json.dumps(told)
    signed = signature(_keys().events, body.encode(), at=int(time.time()))
    return request(
        "POST", "/events", body=body, content_type="application/json", coldframe_signature=signed
    )


def file_asked_for() -> Event:
    return request("GET", "/files/{hash}/{name}", path={"hash": "0" * 16, "name": "allergens.pdf"})


def broadcast() -> Event:
    return {"broadcast": "baking-letter", "scheduled_at": "2026-12-01T09:00:00Z"}


def email_events(of: Sequence[tuple[str, Walker]]) -> Event:
    """One SQS batch; each by its kind and whose mail it is about."""
    bodies = [_email_event(kind, walker, number) for number, (kind, walker) in enumerate(of)]
    return {
        "Records": [
            {"messageId": str(number), "body": json.dumps(body)}
            for number, body in enumerate(bodies)
        ]
    }


def _email_event(kind: str, walker: Walker, number: int) -> Event:
    stamp = datetime.fromtimestamp(1_795_167_000 + number, UTC).isoformat(timespec="milliseconds")
    tags = {
        "lead": walker.lead,
        "message": walker.message,
        "journey": "welcome",
        "mail": FIRST_MAIL,
        "ses:operation": "SendEmail",
        "ses:configuration-set": "bakery-dev",
        "ses:from-domain": "bakery.example",
        "ses:caller-identity": "send_message",
    }
    said: Event = {"timestamp": stamp, "ipAddress": "192.0.2.7", "userAgent": "Mozilla/5.0"}
    if kind == "Click":
        said |= {"link": "https://bakery.example/", "linkTags": None}
    return {
        "eventType": kind,
        "mail": {
            "timestamp": stamp,
            "source": "Rosa <rosa@bakery.example>",
            "sourceArn": "arn:aws:ses:eu-central-1:123456789012:identity/bakery.example",
            "sendingAccountId": "123456789012",
            "messageId": f"ses-{walker.message}",
            "destination": ["ada@example.com"],
            "headersTruncated": False,
            "headers": [
                {"name": "From", "value": "Rosa <rosa@bakery.example>"},
                {"name": "To", "value": "ada@example.com"},
                {"name": "Subject", "value": "Your cake guide"},
            ],
            "tags": {name: [value] for name, value in tags.items()},
        },
        kind.lower(): said,
    }


def _links() -> SignedLinks:
    keys = SecretKeys(None, "")  # type: ignore[arg-type]  # the keys are known; nobody is asked
    keys._keys = _keys()
    return SignedLinks(keys)


def _keys() -> Keys:
    return keys_of(json.dumps(SECRET))
