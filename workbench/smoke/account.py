"""A deployed client, as its owner's credentials see it: stacks, table, keys and front door."""

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from coldframe.adapters.keys import SecretKeys
from coldframe.adapters.records import DynamoRecords
from coldframe.adapters.table import Table
from coldframe.domain.lead import lead_id, normal_address
from coldframe.domain.record import LeadRecord
from infra.place import Place


class Clients(Protocol):
    """boto3's clients by service, for one account and region."""

    def __call__(self, service: str) -> Any: ...


def _nobody_notes(_lead: str) -> None:
    """For programs that look at leads of their own, as the smoke test does."""


class NotDeployed(RuntimeError):
    """The account holds no such stack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """What the smoke test needs of a client's stacks."""

    address: str
    records: DynamoRecords
    keys: SecretKeys
    domain_target: str = ""
    """What the client's own name for links leads to, where it has one."""
    noted: Callable[[str], None] = _nobody_notes
    """Is told whose record was read: a lead's id, or nothing for everybody's."""

    def record(self, address: str) -> LeadRecord:
        found = self.records.get(lead_id(self.keys().id, normal_address(address)))
        if found.profile is not None or found.touchpoints:
            self.noted(found.lead)
        return found


def find(place: Place, clients: Clients) -> Deployed:
    outputs = _outputs(clients("cloudformation"), f"{place.name}-Leads")
    keys = clients("ssm").get_parameter(Name=place.parameter("keys"))["Parameter"]["Value"]
    return Deployed(
        address=outputs["Address"],
        records=DynamoRecords(Table(clients("dynamodb"), outputs["TableName"])),
        keys=SecretKeys(clients("secretsmanager"), keys),
        domain_target=outputs.get("DomainTarget", ""),
    )


def _outputs(formation: Any, stack: str) -> dict[str, str]:
    try:
        found = formation.describe_stacks(StackName=stack)["Stacks"][0]
    except formation.exceptions.ClientError as error:
        raise NotDeployed(
            f"no stack {stack} in this account and region; deploy it first: npx"
            f" aws-cdk@2.1148.1 deploy '{stack.rpartition('-')[0]}/*' ({error})"
        ) from error
    return {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}


def request(method: str, url: str, headers: Mapping[str, str], body: str | None) -> tuple[int, str]:
    """One HTTPS request; redirects are answers like any other."""
    parts = urlsplit(url)
    connection = http.client.HTTPSConnection(parts.netloc, timeout=35)
    try:
        connection.request(method, parts.path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()
