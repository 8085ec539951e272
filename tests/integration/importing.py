"""A client reached in the account in this process, and a file that is imported into it."""

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coldframe.adapters.records import DynamoRecords
from coldframe.adapters.table import Table
from coldframe.domain.record import LeadRecord
from infra.playbook import CompiledClient
from tests.integration.account import REGION, TABLE, Account
from workbench.importing.doing import Import
from workbench.importing.preparing import prepared
from workbench.importing.running import Told
from workbench.leads.sources import Reached
from workbench.smoke.account import Deployed

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
AS_OF = datetime(2026, 11, 19, 8, tzinfo=UTC)


@dataclass(slots=True)
class Sweeps:
    """What CloudFormation and Lambda would answer to who rings the sweep."""

    rung: int = 0

    def describe_stack_resources(self, **_: str) -> dict[str, Any]:
        return {"StackResources": [{"PhysicalResourceId": "sweep"}]}

    def invoke(self, **_: object) -> dict[str, Any]:
        self.rung += 1
        return {"Payload": io.BytesIO(b"{}")}


@dataclass(slots=True)
class Desk:
    """Where a person imports files: ``folder`` holds them and the progress."""

    account: Account
    book: CompiledClient
    folder: Path
    sweeps: Sweeps = field(default_factory=Sweeps)
    now: datetime = NOON
    as_of: datetime = AS_OF
    where: str = "bakery-dev"

    @property
    def table(self) -> Table:
        """By a client of its own, whose calls the account's hooks see."""
        client: Any = self.account.session().create_client("dynamodb", region_name=REGION)
        return Table(client, TABLE)

    @property
    def reached(self) -> Reached:
        return Reached(
            where=self.where,
            now=lambda: self.now,
            deployed=Deployed(
                address="", records=DynamoRecords(self.table), keys=self.account.keys
            ),
            client=lambda _: self.sweeps,
        )

    def write(self, text: str | bytes, *, name: str = "leads.csv", mapping: str = "") -> Path:
        file = self.folder / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        if mapping:
            (self.folder / f"{name}.mapping.yaml").write_text(
                f"as_of: {self.as_of.isoformat()}\n{mapping}", encoding="utf-8"
            )
        return file

    def importing(self, file: Path, **how: Any) -> Import:
        described = file.with_name(f"{file.name}.mapping.yaml")
        ready = prepared(file, self.book, mapping=described if described.exists() else None)
        return Import(
            place=self.reached,
            book=self.book,
            prepared=ready,
            name=file.stem,
            rejects=self.rejects(file),
            kept=self.folder / "imports",
            units=1e9,
            threads=1,  # the account in this process is no place for several
            **how,
        )

    def take(self, text: str | bytes, *, mapping: str = "", **how: Any) -> Told:
        return self.importing(self.write(text, mapping=mapping), **how)()

    @staticmethod
    def rejects(file: Path) -> Path:
        return file.with_name(f"{file.name}.rejects.csv")

    def lead(self, address: str) -> LeadRecord:
        return self.reached.deployed.record(address)

    def values(self, address: str) -> dict[str, str]:
        profile = self.lead(address).profile
        assert profile is not None
        return {name: known.value for name, known in profile.fields.items()}
