"""Enrolments that no run drives any more: which they are, and how a person lets them go on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from coldframe.adapters.due import DynamoDueIndex
from coldframe.adapters.enrolments import DynamoEnrolments
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.table import Table
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.record import LeadRecord
from infra.place import Place
from workbench.leads.sources import Reached

OVERDUE = timedelta(hours=1)
"""What has been due for so long, no sweep could resume."""
SWEEP = "SweepDue"


class NotSwept(RuntimeError):
    """The sweep failed; what it was asked to resume stays due, and it is asked again daily."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """``why``: the error's name, or `overdue`."""

    address: str
    journey: str
    step: str
    why: str
    since: datetime


def held_up(table: Table, now: datetime) -> list[Held]:
    """By the due index alone; no lead is read that isn't listed there. Longest first."""
    found = [*_stuck(table), *_overdue(table, now)]
    return sorted(found, key=lambda each: (each.since, each.address))


def _stuck(table: Table) -> Iterator[Held]:
    for each in DynamoEnrolments(table).stuck():
        yield _held(table, each, why=each.reason, since=each.since)


def _overdue(table: Table, now: datetime) -> Iterator[Held]:
    since = now - OVERDUE
    for item in DynamoDueIndex(table).coming(since):
        kind, _, name = item.key.partition("#")
        overdue = kind == "E" and item.due_at <= since
        enrolment = DynamoEnrolments(table).get(item.lead, name) if overdue else None
        if enrolment is not None and enrolment.due_at is not None:
            yield _held(table, enrolment, why="overdue", since=item.due_at)


def _held(table: Table, enrolment: Enrolment, *, why: str, since: datetime) -> Held:
    profile = DynamoProfiles(table).get(enrolment.lead)
    return Held(
        address=profile.address if profile else enrolment.lead,
        journey=enrolment.journey,
        step=enrolment.step,
        why=why,
        since=since,
    )


def resumable(lead: LeadRecord, journey: str | None) -> list[Enrolment]:
    """The lead's stuck ones; of a journey that is named, those too that seem to run."""
    return [
        each
        for each in lead.enrolments
        if each.status is EnrolmentStatus.STUCK
        or (each.journey == journey and each.status is EnrolmentStatus.OPEN)
        if journey in (None, each.journey)
    ]


def resumed(found: Reached, place: Place, enrolments: list[Enrolment]) -> list[Enrolment]:
    """Those that the sweep begins anew, which is asked at once; NotSwept."""
    table, now = found.deployed.records.table, found.now()
    due = [each for each in enrolments if DynamoEnrolments(table).make_due(each, now)]
    if due:
        sweep(found.client, place)
    return due


def sweep(clients: Any, place: Place) -> None:
    """Its own deployed code does what is due, by its own playbook; NotSwept."""
    named = clients("cloudformation").describe_stack_resources(
        StackName=f"{place.name}-Nurturing", LogicalResourceId=SWEEP
    )
    function = named["StackResources"][0]["PhysicalResourceId"]
    answer = clients("lambda").invoke(FunctionName=function, Payload=b"{}")
    if "FunctionError" in answer:
        told = json.loads(answer["Payload"].read() or b"{}")
        raise NotSwept(f"the sweep failed ({told.get('errorType', 'no reason given')})")
