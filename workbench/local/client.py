"""One client, deployed into the local cloud: its folder, its address and its table."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coldframe.adapters.attributes import decoded_item
from coldframe.adapters.profiles import profile_of
from coldframe.adapters.records import DynamoRecords
from coldframe.adapters.table import Table
from coldframe.domain.form import Form
from coldframe.domain.journey import Journey
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.profile import Profile
from coldframe.domain.record import LeadRecord
from infra.playbook.compiled import CompiledClient
from workbench.local.town import LeadLine


class DeployedClient:
    """What the pages may look at; nothing here writes."""

    def __init__(
        self, *, folder: Path, compiled: CompiledClient, url: str, table: str, dynamodb: Any
    ) -> None:
        self.name = folder.name
        self.folder = folder
        self.url = url
        self.compiled = compiled
        self.table = table
        self._table = Table(dynamodb, table)

    def playbook(self) -> Client:
        return self.compiled.client

    def forms(self) -> Sequence[Form]:
        return list(self.compiled.forms.values())

    def journey(self, name: str) -> Journey:
        return self.compiled.journeys[name]

    def mail(self, name: str) -> Mail:
        return self.compiled.mails[name]

    def knowing(self) -> Knowing:
        return self.compiled.reactions.knowing

    def record(self, lead: str) -> LeadRecord:
        return DynamoRecords(self._table).get(lead)

    def leads(self) -> Sequence[LeadLine]:
        newest = sorted(self._profiles(), key=lambda profile: profile.created_at, reverse=True)
        return [_line(profile) for profile in newest]

    def _profiles(self) -> Iterator[Profile]:
        pages = self._table.client.get_paginator("scan").paginate(
            TableName=self._table.name,
            FilterExpression="sk = :profile",
            ExpressionAttributeValues={":profile": {"S": "P"}},
        )
        for page in pages:
            yield from (profile_of(decoded_item(item)) for item in page["Items"])


def _line(profile: Profile) -> LeadLine:
    known = profile.fields.get("first_name") or profile.fields.get("name")
    return LeadLine(
        lead=profile.lead,
        address=profile.address,
        name=known.value if known else "",
        created_at=profile.created_at,
        test=profile.test,
    )
