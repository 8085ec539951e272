"""The doctor names what blocks a client's mails, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.place import Place
from infra.playbook import CompiledClient, compile_client
from tests.fakes.clock import MONDAY
from tests.unit.operating.ses import Ses
from workbench.operating.dns import records
from workbench.operating.finding import Finding
from workbench.operating.health import Checkup

BAKERY = Path("clients/bakery")
DNS = {
    ("_dmarc.lindenbakery.example", "TXT"): ["v=DMARC1; p=none"],
    ("go.lindenbakery.example", "CNAME"): ["d-abc.execute-api.eu-central-1.amazonaws.com"],
}


class Table:
    """With nothing in it but, perhaps, a pause."""

    def __init__(self, pause: dict[str, str] | None) -> None:
        self.held = pause

    def get(self, _key: object) -> dict[str, str] | None:
        return self.held


@dataclass
class Deployed:
    records: Any
    keys: Any = str
    """Called, it reads them."""


@dataclass
class Reached:
    """What `workbench.leads.sources` would have found."""

    deployed: Any
    ses: Ses
    where: str = "bakery-prod"

    def now(self) -> Any:
        return MONDAY

    def client(self, _service: str) -> Any:
        return self.ses


@dataclass
class Records:
    table: Table


@pytest.fixture(scope="module")
def bakery() -> CompiledClient:
    return compile_client(BAKERY, environment="prod")


def examined(
    bakery: CompiledClient,
    ses: Ses | None = None,
    *,
    dns: dict[tuple[str, str], list[str]] | None = None,
    pause: dict[str, str] | None = None,
    keys: Any = None,
) -> list[Finding]:
    deployed = Deployed(records=Records(Table(pause)))
    if keys:
        deployed.keys = keys
    answers = DNS if dns is None else dns

    def resolve(name: str, kind: str) -> Sequence[str]:
        return answers.get((name, kind), [])

    without = replace(bakery, client=replace(bakery.client, replies=None))
    checkup = Checkup(
        compiled=without,
        place=Place(client="bakery", environment="prod"),
        reached=Reached(deployed, ses or Ses()),  # type: ignore[arg-type]  # as much as is asked
        resolve=resolve,
    )
    return list(checkup())


def wrong(findings: list[Finding]) -> dict[str, str]:
    return {each.claim: each.mend for each in findings if not each.holds}


def test_where_all_is_well_nothing_is_wrong(bakery: CompiledClient) -> None:
    assert wrong(examined(bakery)) == {}


@pytest.mark.parametrize(
    ("change", "claim", "mend"),
    [
        ({"ProductionAccessEnabled": False}, "may write to anybody", "production access"),
        ({"SendingEnabled": False}, "lets the account send", "support centre"),
        ({"EnforcementStatus": "SHUTDOWN"}, "lets the account send", "support centre"),
        ({"PricingAttributes": {"CurrentPlan": "ESSENTIALS"}}, "without a plan", "bootstrap"),
    ],
)
def test_what_the_account_lacks_is_named_with_its_mending(
    bakery: CompiledClient, change: dict[str, Any], claim: str, mend: str
) -> None:
    ses = Ses()
    ses.account |= change

    [(named, told)] = wrong(examined(bakery, ses)).items()

    assert claim in named
    assert mend in told


def test_a_domain_that_is_not_verified_is_told_what_to_add(bakery: CompiledClient) -> None:
    ses = Ses()
    ses.identity = {"VerifiedForSendingStatus": False, "DkimAttributes": {"Status": "PENDING"}}

    told = wrong(examined(bakery, ses))

    assert len(told) == 3
    assert all("--dns" in mend for mend in told.values())


def test_an_identity_that_is_not_there_comes_with_the_deploy(bakery: CompiledClient) -> None:
    ses = Ses()
    ses.identity = None

    [(claim, mend)] = wrong(examined(bakery, ses)).items()

    assert claim == "SES knows lindenbakery.example"
    assert "deploy bakery-prod-Leads" in mend


def test_missing_dns_is_named(bakery: CompiledClient) -> None:
    told = wrong(examined(bakery, dns={}))

    assert list(told) == ["DMARC is published", "go.lindenbakery.example is in the DNS"]


def test_a_pause_and_its_reason_are_named(bakery: CompiledClient) -> None:
    pause = {"since": "2026-11-16T10:00:00.000Z", "why": "BounceRate"}

    [finding] = [each for each in examined(bakery, pause=pause) if not each.holds]

    assert finding.found == "since 16 Nov 10:00 UTC: BounceRate"
    assert "coldframe resume bakery" in finding.mend


def test_a_pause_that_is_over_blocks_nothing(bakery: CompiledClient) -> None:
    pause = {"since": "2026-11-16T10:00:00.000Z", "resumed_at": "2026-11-16T11:00:00.000Z"}

    assert wrong(examined(bakery, pause=pause)) == {}


def test_keys_that_are_gone_are_named(bakery: CompiledClient) -> None:
    def gone() -> None:
        raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetSecretValue")

    assert list(wrong(examined(bakery, keys=gone))) == ["the client's keys can be read"]


def test_the_dns_records_are_complete(bakery: CompiledClient) -> None:
    place = Place(client="bakery", environment="prod")

    found = list(
        records(bakery, place, region="eu-central-1", tokens=["t1", "t2", "t3"], target="d-abc")
    )

    kinds = [(each.type, each.name) for each in found]
    assert len([name for kind, name in kinds if "_domainkey" in name]) == 3
    assert ("MX", "bounce.lindenbakery.example") in kinds
    assert ("TXT", "_dmarc.lindenbakery.example") in kinds
    assert ("CNAME", "go.lindenbakery.example") in kinds
