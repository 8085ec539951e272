"""What must be true when the demo is over; the demo fails by name if something is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from coldframe.domain import touchpoint as kinds
from coldframe.domain.enrolment import EndReason, EnrolmentStatus
from coldframe.domain.message import MessageState
from coldframe.domain.observation import Verdict
from coldframe.domain.record import LeadRecord
from workbench.demo.people import ADA, BEN, CLEO, DORA, PEOPLE, Person
from workbench.local.deployed import DeployedTown


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    claim: str
    holds: bool
    found: str = ""


def expectations(town: DeployedTown) -> Iterator[Expectation]:
    records = {person.name: record_of(town, person) for person in PEOPLE}
    for person in PEOPLE:
        yield _got(town, person)
    yield _nothing_after_opt_out(records[CLEO.name])
    yield _scanner_moved_nobody(records[DORA.name])
    yield _owner_heard(town)
    yield _all_ended(records)


def record_of(town: DeployedTown, person: Person) -> LeadRecord:
    client = town.clients()[person.client]
    found = [line.lead for line in client.leads() if line.address == person.address]
    return client.record(found[0] if found else "")


def _got(town: DeployedTown, person: Person) -> Expectation:
    got = tuple(mail.mail for mail in town.mails() if mail.recipient == person.address)
    return Expectation(
        claim=f"{person.name} gets {', '.join(person.mails)}: each once, nothing else",
        holds=got == person.mails,
        found=", ".join(got) or "nothing",
    )


def _nothing_after_opt_out(record: LeadRecord) -> Expectation:
    out = record.gate.unsubscribed_at
    sent = [m.mail for m in record.messages if m.sent_at and out and m.sent_at > out]
    why = [m.why for m in record.messages if m.state is MessageState.REFUSED]
    why += [each.reason for each in record.enrolments if each.reason == EndReason.SUPPRESSED]
    return Expectation(
        claim="nothing goes to Cleo after she unsubscribed, and the record says why",
        holds=out is not None and not sent and bool(why),
        found=f"sent: {sent}, why: {why}",
    )


def _scanner_moved_nobody(record: LeadRecord) -> Expectation:
    verdicts = {observation.verdict for observation in record.observations}
    clicks = [each for each in record.touchpoints if each.kind == kinds.EMAIL_CLICKED]
    return Expectation(
        claim="the scanner’s visits are marked machine, count as no click, and opt nobody out",
        holds=verdicts == {Verdict.MACHINE} and not clicks and not record.gate.unsubscribed_at,
        found=f"verdicts {sorted(verdicts)}, {len(clicks)} clicks",
    )


def _owner_heard(town: DeployedTown) -> Expectation:
    owner = town.clients()["bakery"].playbook().owner.address
    notices = [mail for mail in town.mails() if mail.recipient == owner]
    return Expectation(
        claim=f"the bakery’s owner hears of {ADA.name}, {BEN.name} and {DORA.name}, once each",
        holds=len(notices) == len({mail.lead for mail in notices}) == 3,  # noqa: PLR2004 - those three
        found=f"{len(notices)} notices",
    )


def _all_ended(records: dict[str, LeadRecord]) -> Expectation:
    still = [
        f"{name}: {enrolment.journey} {enrolment.status} at {enrolment.step}"
        for name, record in records.items()
        for enrolment in record.enrolments
        if enrolment.status is not EnrolmentStatus.CLOSED
    ]
    return Expectation(
        claim="every enrolment has come to its end", holds=not still, found="; ".join(still)
    )
