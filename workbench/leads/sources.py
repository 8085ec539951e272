"""Where a lead's record is read: a deployed account, the town that runs here, or a kept one."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from getpass import getuser
from pathlib import Path
from typing import Any

from coldframe.adapters.attributes import decoded_item
from coldframe.adapters.client_pause import KEY as PAUSED
from coldframe.adapters.client_pause import ClientPauses, pause_of
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.keys import keys_of
from coldframe.adapters.records import person_of
from coldframe.domain.client_pause import Pause
from coldframe.domain.lead import lead_id, normal_address
from coldframe.domain.record import LeadRecord
from infra.place import Place
from workbench.leads.access import AccessLog, this_command
from workbench.leads.roster import Roster, of_items
from workbench.local.running import running
from workbench.smoke.account import Deployed, NotDeployed, find

LOCAL = "dev"
"""The environment of everything that runs on this machine."""


class NowhereToLook(RuntimeError):
    """Nothing is deployed, runs or was kept; the text says what to do."""


def _nobody(*, whole: bool = False) -> Iterator[LeadRecord]:  # noqa: ARG001 - as all do
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """``record`` raises InvalidAddress for text that is no address."""

    where: str
    now: datetime
    record: Callable[[str], LeadRecord]
    leads: Callable[..., Iterator[LeadRecord]] = _nobody
    """Everybody; ``whole=True``: with all that they did."""
    pause: Callable[[], Pause | None] = lambda: None
    """The client's own, that stands or stood last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What this machine may hold; ``kept`` is what `up --keep` left."""

    running: Path
    kept: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A client's stacks, in an account or in the town that runs here."""

    where: str
    now: Callable[[], datetime]
    """The clock by which its functions go."""
    deployed: Deployed
    client: Callable[[str], Any]
    """Clients of AWS services there."""


def source(place: Place, home: Home, *, profile: str | None, region: str | None = None) -> Source:
    """An account is asked only if its profile is named, or the environment isn't the local one."""
    try:
        reached = reach(place, home, profile=profile, region=region)
    except NowhereToLook:
        if not home.kept.exists():
            raise
        return kept(place, home.kept)
    deployed = reached.deployed
    return Source(
        where=reached.where,
        now=reached.now(),
        record=deployed.record,
        leads=partial(_everybody, deployed),
        pause=ClientPauses(deployed.records.table, SystemClock()).read,
    )


def _everybody(deployed: Deployed, *, whole: bool = False) -> Iterator[LeadRecord]:
    deployed.noted("")
    yield from Roster(table=deployed.records.table).records(whole=whole)


def _noting(deployed: Deployed, now: Callable[[], datetime], by: Callable[[], str]) -> Deployed:
    table = deployed.records.table
    log = AccessLog(table=table, now=now, by=by, command=this_command)
    return replace(deployed, noted=log.note)


def _somebody_here() -> str:
    return f"{getuser()} on this machine"


def reach(place: Place, home: Home, *, profile: str | None, region: str | None = None) -> Reached:
    """NowhereToLook, NotDeployed, or an error of botocore's."""
    if profile is not None or place.environment != LOCAL:
        return _account(place, profile=profile, region=region)
    town = running(home.running)
    if town is None:
        raise NowhereToLook(
            "nothing runs on this machine and nothing was kept: start `coldframe up`, or name the"
            " deployed account's credentials with --profile (and --env)"
        )
    where = f"{place.name}, running here"
    deployed = _noting(find(place, town.client), town.now, _somebody_here)
    return Reached(where=where, now=town.now, deployed=deployed, client=town.client)


def _account(place: Place, *, profile: str | None, region: str | None) -> Reached:
    import boto3

    session = boto3.session.Session(profile_name=profile, region_name=region)
    if session.region_name is None:
        raise NotDeployed(
            f"{place.name} is in an AWS account, and no region is known: name the account's"
            " credentials with --profile, or set AWS_DEFAULT_REGION"
        )

    def client(service: str) -> Any:
        return session.client(service)  # type: ignore[call-overload]  # the name is a variable

    def now() -> datetime:
        return datetime.now(UTC)

    def by() -> str:
        return str(client("sts").get_caller_identity()["Arn"])

    where = f"{place.name} in {session.region_name}"
    deployed = _noting(find(place, client), now, by)
    return Reached(where=where, now=now, deployed=deployed, client=client)


def kept(place: Place, file: Path) -> Source:
    """The leads that the last run with `--keep` left."""
    held = json.loads(file.read_text(encoding="utf-8"))
    if place.client not in held["tables"]:
        raise NowhereToLook(f"the last kept run knew no client {place.client!r}")
    key = keys_of(held["keys"][place.client]).id
    items: list[dict[str, Any]] = held["tables"][place.client]

    def record(address: str) -> LeadRecord:
        lead = lead_id(key, normal_address(address))
        return person_of(lead, partition)

    def partition(lead: str) -> Iterator[dict[str, Any]]:
        of_lead = (item for item in items if item["pk"]["S"] == f"L#{lead}")
        return map(decoded_item, of_lead)

    def pause() -> Pause | None:
        paused = (item for item in items if (item["pk"]["S"], item["sk"]["S"]) == PAUSED)
        return next((pause_of(decoded_item(item)) for item in paused), None)

    at = datetime.fromisoformat(held["at"])
    where = f"{place.name}, kept from the last run here"
    return Source(
        where=where, now=at, record=record, leads=lambda **_: of_items(items), pause=pause
    )


def home(root: Path) -> Home:
    folder = Path(os.environ.get("COLDFRAME_HOME", root / ".coldframe"))
    return Home(running=folder / "running.json", kept=folder / "up.json")
