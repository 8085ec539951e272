"""What must have come of a client's demo, and what came: by person, and by journey."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.record import LeadRecord
from workbench.demo.characters import Character
from workbench.demo.expectations import Expectation
from workbench.local.client import DeployedClient
from workbench.local.deployed import DeployedTown

INSIDE = "inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyLine:
    journey: str
    title: str
    entered: int
    mails: int
    ends: tuple[tuple[str, int], ...]


def records_of(client: DeployedClient, cast: Sequence[Character]) -> dict[str, LeadRecord]:
    """By name."""
    leads = {line.address: line.lead for line in client.leads()}
    return {who.name: client.record(leads.get(who.address, "")) for who in cast}


def journeys_of(client: DeployedClient, records: dict[str, LeadRecord]) -> list[JourneyLine]:
    return [_line(client, name, list(records.values())) for name in client.compiled.journeys]


def _line(client: DeployedClient, name: str, records: list[LeadRecord]) -> JourneyLine:
    passages = [each for record in records for each in record.enrolments if each.journey == name]
    ids = {each.id for each in passages}
    sent = [m for record in records for m in record.messages if m.enrolment in ids and m.sent_at]
    known = client.compiled.mails
    return JourneyLine(
        journey=name,
        title=client.journey(name).title,
        entered=len(passages),
        mails=sum(message.mail in known and not message.mail.startswith("_") for message in sent),
        ends=tuple(Counter(map(_end, passages)).most_common()),
    )


def _end(passage: object) -> str:
    closed = getattr(passage, "status", None) is EnrolmentStatus.CLOSED
    return str(getattr(passage, "reason", "")) if closed else INSIDE


def outcomes(
    town: DeployedTown,
    client: DeployedClient,
    cast: Sequence[Character],
    records: dict[str, LeadRecord],
) -> Iterator[Expectation]:
    letters = {each.mail for each in client.compiled.broadcasts.values()}
    for who in cast:
        yield _mails(town, who, letters=letters)
        yield _ends(who, records[who.name])
    yield _nothing_stuck(records)


def everywhere(client: DeployedClient, records: dict[str, LeadRecord]) -> Expectation:
    walked = {each.journey for record in records.values() for each in record.enrolments}
    missing = sorted(set(client.compiled.journeys) - walked)
    return Expectation(
        claim=f"somebody walked through each of the {len(client.compiled.journeys)} journeys",
        holds=not missing,
        found=f"nobody entered {', '.join(missing)}",
    )


def _mails(town: DeployedTown, who: Character, *, letters: set[str]) -> Expectation:
    """``letters``: what goes to everybody, and belongs to no journey."""
    all_of_them = [mail.mail for mail in town.mails() if mail.recipient == who.address]
    got = tuple(mail for mail in all_of_them if mail not in letters)
    return Expectation(
        claim=f"{who.name} gets {', '.join(who.mails)}: in this order, nothing else",
        holds=got == who.mails,
        found=", ".join(got) or "nothing",
    )


def _ends(who: Character, record: LeadRecord) -> Expectation:
    found = {each.journey: _end(each) for each in record.enrolments if each.journey}
    said = ", ".join(f"{journey} {end}" for journey, end in who.ends.items())
    return Expectation(
        claim=f"{who.name}’s journeys end so: {said}",
        holds=found == dict(who.ends),
        found=repr(found),
    )


def _nothing_stuck(records: dict[str, LeadRecord]) -> Expectation:
    stuck = [
        f"{name}: {each.journey} at {each.step}"
        for name, record in records.items()
        for each in record.enrolments
        if each.status is EnrolmentStatus.STUCK
    ]
    return Expectation(claim="nobody is stuck anywhere", holds=not stuck, found="; ".join(stuck))
