"""What tests do as visitors, mailboxes and thieves of the deployed clients."""

import hashlib
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from coldframe.adapters.keys import keys_of
from coldframe.domain.record import LeadRecord
from workbench.cloud.web import Reply
from workbench.local.deployed import DeployedTown
from workbench.local.town import SentMail

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def post(town: DeployedTown, address: str, **answers: str) -> Reply:
    """The bakery's form, as a browser sends it."""
    values = {"email": address, "first_name": "Ada", "letters": "on", **answers}
    return town.request(
        "POST", f"{town.clients()['bakery'].url}/forms/cake-guide", FORM, urlencode(values)
    )


def post_at_once(town: DeployedTown, address: str, times: int) -> list[Reply]:
    with ThreadPoolExecutor(times) as crowd:
        return [each.result() for each in [crowd.submit(post, town, address) for _ in range(times)]]


def record(town: DeployedTown, address: str) -> LeadRecord:
    client = town.clients()["bakery"]
    found = [line.lead for line in client.leads() if line.address == address]
    return client.record(found[0]) if found else LeadRecord(lead="", profile=None, gate=_open())


def _open() -> Any:
    from coldframe.domain.gate import Gate

    return Gate(lead="")


def mails_to(town: DeployedTown, address: str) -> list[SentMail]:
    return [mail for mail in town.mails() if mail.recipient == address]


def names_of(mails: list[SentMail]) -> list[str]:
    return [mail.mail for mail in mails]


def items(town: DeployedTown, client: str = "bakery") -> list[dict[str, Any]]:
    """The whole table."""
    dynamodb = town.cloud.client("dynamodb")
    table = town.clients()[client]._table.name
    pages = dynamodb.get_paginator("scan").paginate(TableName=table)
    return [item for page in pages for item in page["Items"]]


def partition(town: DeployedTown, lead: str) -> dict[str, dict[str, Any]]:
    """A lead's items as they are stored, by sort key."""
    return {item["sk"]["S"]: item for item in items(town) if item["pk"]["S"] == f"L#{lead}"}


def signed_event(town: DeployedTown, event: dict[str, Any], *, key: bytes | None = None) -> Reply:
    """A server event of the bakery's own booking system."""
    body = json.dumps(event)
    at = str(int(town.now().timestamp()))
    mac = hmac.new(key or events_key(town), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "Coldframe-Signature": f"t={at},v1={mac}"}
    return town.request("POST", f"{town.clients()['bakery'].url}/events", headers, body)


@dataclass(frozen=True, slots=True)
class Secret:
    """The bakery's own, in Secrets Manager."""

    town: DeployedTown
    name: str

    @property
    def text(self) -> str:
        secrets = self.town.cloud.client("secretsmanager")
        return str(secrets.get_secret_value(SecretId=self.name)["SecretString"])

    def keep(self, **more: object) -> None:
        """As its owner does, beside what stands there."""
        text = json.dumps({**json.loads(self.text), **more})
        secrets = self.town.cloud.client("secretsmanager")
        secrets.put_secret_value(SecretId=self.name, SecretString=text)


def secret_of(town: DeployedTown) -> Secret:
    ssm = town.cloud.client("ssm")
    name = ssm.get_parameter(Name="/coldframe/bakery/dev/keys")["Parameter"]["Value"]
    return Secret(town, name)


def events_key(town: DeployedTown) -> bytes:
    """What a client's own server is given."""
    return keys_of(secret_of(town).text).events
