"""The same world over DynamoDB's real adapters, on moto; faults come where they call AWS."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pytest
from moto import mock_aws

from coldframe.adapters import table as tables
from coldframe.adapters.attributes import decoded, decoded_item
from coldframe.adapters.botocore_clients import SAFE_TO_REPEAT
from coldframe.adapters.companies import DynamoCompanies
from coldframe.adapters.due import DynamoDueIndex
from coldframe.adapters.email_events import DynamoEmailEvents
from coldframe.adapters.enrolment_items import CLAIM
from coldframe.adapters.enrolments import DynamoEnrolments
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.identities import DynamoIdentities
from coldframe.adapters.ledger import DynamoLedger
from coldframe.adapters.mailboxes import DynamoMailboxes
from coldframe.adapters.members import DynamoMembers
from coldframe.adapters.observations import DynamoObservations
from coldframe.adapters.occurrences import DynamoOccurrences
from coldframe.adapters.profiles import DynamoProfiles, decision_of
from coldframe.adapters.progress import DynamoProgress
from coldframe.adapters.records import record_of
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints, touchpoint_of
from coldframe.domain.gate import Prohibition
from coldframe.domain.record import LeadRecord
from coldframe.services.email_events import EmailEventRecording
from coldframe.services.merging import Merging
from coldframe.services.reacting import Reacting
from tests.bench.faults.truth import Truth
from tests.bench.faults.weather import Weather
from tests.fakes.world import KEY, World
from tests.integration.account import TABLE, create_table
from tests.integration.wire.place import one_session

WHO_ASKS: Final[dict[str, Any]] = {
    "region_name": "eu-west-1",
    "aws_access_key_id": "testing",
    "aws_secret_access_key": "testing",
}
WRITES = {
    "put_item": "a put",
    "update_item": "an update",
    "delete_item": "a deletion",
    "transact_write_items": "ledger.claim",
}
"""A transaction is named as one whose conflicts last."""
STREAMED = {"T#": touchpoint_of, "D#": decision_of}


@dataclass(slots=True, kw_only=True)
class StormyTable:
    """DynamoDB's client, with whatever may go wrong around each of its calls."""

    client: Any
    weather: Weather
    truth: Truth
    told: Callable[[Any], None]
    """Hears of touchpoints and decisions, as the stream shows them."""
    asked_about: Callable[[str], None]
    """Hears whose gate was read."""

    def __getattr__(self, method: str) -> Callable[..., Any]:
        real = getattr(self.client, method)
        if method not in WRITES:
            return lambda **asked: self._read(real, asked)
        return lambda **asked: self._write(method, real, asked)

    def _read(self, real: Callable[..., Any], asked: dict[str, Any]) -> Any:
        self.weather.reading()
        answer = real(**asked)
        key = decoded_item(asked.get("Key", {}))
        if key.get("sk") == "G":
            self.asked_about(key["pk"].removeprefix("L#"))
        return answer

    def _write(self, method: str, real: Callable[..., Any], asked: dict[str, Any]) -> Any:
        with self.weather(WRITES[method]):
            answer = real(**asked)
            verb = method.partition("_")[0].capitalize()
            for action in asked.get("TransactItems") or [{verb: asked}]:
                ((kind, request),) = action.items()
                self._witness(kind, request)
            return answer

    def _witness(self, kind: str, request: dict[str, Any]) -> None:
        item = decoded_item(request.get("Item") or request.get("Key") or {})
        lead, sort = item["pk"].removeprefix("L#"), item["sk"]
        if kind == "Put" and sort[:2] in STREAMED:
            self.told(STREAMED[sort[:2]](item))
        said = {name: decoded(each) for name, each in _values(request).items()}
        if kind == "Update" and sort.startswith("M#") and said.get(":state") == "sending":
            self.truth.begun[sort.removeprefix("M#")] = self.truth.crew.turns
        held = [said.get(":claim"), *(v for name, v in item.items() if name.startswith(CLAIM))]
        for claim in filter(None, held if sort.startswith("E#") else []):
            self.truth.claimed.setdefault(claim["message"], self.truth.crew.turns)
        do = request.get("UpdateExpression", "")
        if sort == "G" and do.startswith(tuple(f"SET #{each}_at" for each in Prohibition)):
            self.truth.forbidden.setdefault(lead, self.truth.crew.turns)


def _values(request: dict[str, Any]) -> dict[str, Any]:
    return dict(request.get("ExpressionAttributeValues", {}))


@dataclass(slots=True)
class TabledWorld(World):
    """Only what isn't DynamoDB's is a fake: runs, the clock's alarm, links, the renderer."""

    def lay(self, table: Table) -> None:
        """Every port that the table keeps its promises for."""
        real: dict[str, Any] = {
            "touchpoints": DynamoTouchpoints(table),
            "profiles": DynamoProfiles(table),
            "observations": DynamoObservations(table),
            "companies": DynamoCompanies(table),
            "gates": DynamoGates(table, surges=self.gates.surges),
            "identities": DynamoIdentities(table),
            "mailboxes": DynamoMailboxes(table, lambda: KEY),
            "enrolments": DynamoEnrolments(table),
            "ledger": DynamoLedger(table),
            "occurrences": DynamoOccurrences(table),
            "due": DynamoDueIndex(table),
            "members": DynamoMembers(table),
            "progress": DynamoProgress(table),
        }
        for name, adapter in real.items():
            setattr(self, name, adapter)

    def reacting(self) -> Reacting:
        return Reacting(
            touchpoints=self.touchpoints,
            profiles=self.profiles,
            observations=self.observations,
            ledger=self.ledger,
            playbook=self.playbook,
            alarm=self.alarm,
            clock=self.clock,
            merging=Merging(
                touchpoints=self.touchpoints,
                profiles=self.profiles,
                identities=self.identities,
                playbook=self.playbook,
                alarm=self.alarm,
                clock=self.clock,
            ),
        )

    def email_event_recording(self) -> EmailEventRecording:
        events = DynamoEmailEvents(self.ledger.table)  # type: ignore[attr-defined]  # the real one
        return EmailEventRecording(
            messages=events, gates=self.gates, touchpoints=self.touchpoints, clock=self.clock
        )

    def records(self, client: Any) -> list[LeadRecord]:
        pages = client.get_paginator("scan").paginate(TableName=TABLE)
        by_lead: dict[str, list[dict[str, Any]]] = {}
        for item in (decoded_item(each) for page in pages for each in page["Items"]):
            if item["pk"].startswith("L#"):
                by_lead.setdefault(item["pk"].removeprefix("L#"), []).append(item)
        return [record_of(lead, items) for lead, items in sorted(by_lead.items())]


@contextmanager
def a_table() -> Iterator[Any]:
    """botocore's client of an empty one. Its indexes have one shard: moto looks through a whole
    index for each. In a region where nobody else's tests are, though moto runs already.
    """
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "SHARDS", 1)
        client: Any = one_session().create_client("dynamodb", config=SAFE_TO_REPEAT, **WHO_ASKS)
        create_table(client)
        try:
            yield client
        finally:
            client.delete_table(TableName=TABLE)
