"""What became of every mail, by the books and by what SES took: the two must agree."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.local_time import local_date
from coldframe.domain.message import NOTICES, Message, MessageState
from coldframe.domain.record import LeadRecord
from tests.bench.faults.books import ended
from tests.bench.faults.play import Play

ENDS = frozenset({MessageState.SENT, MessageState.REFUSED, MessageState.UNKNOWN})
EVERYBODY = frozenset({"guide", "case-study"})
"""What a lead who comes to its journey's end was to get."""


@dataclass(slots=True, kw_only=True)
class Verdict:
    became: Counter[str] = field(default_factory=Counter)
    """State → messages."""
    whys: Counter[str] = field(default_factory=Counter)
    """Why they were refused."""
    faults: Counter[str] = field(default_factory=Counter)
    leads: int = 0
    opted_out: int = 0
    calls: int = 0
    requests: int = 0
    """That came to SES, of so many calls."""
    stuck: int = 0
    on_their_way: int = 0
    """Recorded as being sent when the opt-out came: nobody can call them back."""
    twice: list[str] = field(default_factory=list)
    after_opt_out: list[str] = field(default_factory=list)
    over_cap: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    """The books say otherwise than SES."""

    @property
    def mails(self) -> int:
        return self.became.total()

    @property
    def clean(self) -> bool:
        wrong = (self.twice, self.after_opt_out, self.over_cap, self.lost, self.untrue)
        return not any(wrong) and self.calls == self.requests

    def add(self, other: "Verdict") -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def judged(play: Play) -> Verdict:
    records = play.records()
    rows = ended(records, play.crew.clock.at)
    ways = [tags["message"] for tags, _ in play.truth.accepted if _was_on_its_way(play, tags)]
    return Verdict(
        became=Counter(row.state.value for row in rows),
        whys=Counter(row.why for row in rows if row.state is MessageState.REFUSED),
        faults=Counter(play.weather.seen),
        leads=sum(each.profile is not None for each in records),
        opted_out=len(play.truth.forbidden),
        calls=play.ses.calls,
        requests=play.ses.requests,
        stuck=len(play.machine.stuck),
        on_their_way=len(ways),
        twice=sorted(_twice(play)),
        after_opt_out=sorted(_after_opt_out(play)),
        over_cap=sorted(_over_cap(play, records)),
        lost=sorted(_lost(records, rows)),
        untrue=sorted(_untrue(play, rows)),
    )


def _twice(play: Play) -> Iterator[str]:
    accepted = [tags for tags, _ in play.truth.accepted]
    by_id = Counter(tags["message"] for tags in accepted)
    by_name = Counter(f"{tags['lead']} {tags['mail']}" for tags in accepted)
    yield from (name for name, times in (by_id + by_name).items() if times > 1)


def _after_opt_out(play: Play) -> Iterator[str]:
    """Neither claimed nor begun, once what forbids it was stored."""
    for tags, _ in play.truth.accepted:
        forbidden = play.truth.forbidden.get(tags["lead"])
        if forbidden is None or tags["mail"] in NOTICES:
            continue
        message = tags["message"]
        if play.truth.claimed[message] > forbidden or play.truth.begun[message] > forbidden:
            yield f"{tags['lead']} {tags['mail']}"


def _was_on_its_way(play: Play, tags: dict[str, str]) -> bool:
    forbidden = play.truth.forbidden.get(tags["lead"])
    taken = next(at for each, at in play.truth.accepted if each is tags)
    return forbidden is not None and tags["mail"] not in NOTICES and forbidden < taken


def _over_cap(play: Play, records: list[LeadRecord]) -> Iterator[str]:
    """By the days on which they were claimed."""
    client = play.world.playbook.client()
    days: Counter[str] = Counter()
    for row in (each for record in records for each in record.enrolments):
        for claim in row.claims.values():
            if claim.mail not in NOTICES and claim.mail != "guide":
                days[f"{row.lead} {local_date(claim.at, ZoneInfo(client.zone))}"] += 1
    yield from (day for day, mails in days.items() if mails > client.caps[0].mails)


def _lost(records: list[LeadRecord], rows: list[Message]) -> Iterator[str]:
    by_enrolment: dict[str, set[str]] = {}
    for row in rows:
        by_enrolment.setdefault(row.enrolment, set()).add(row.mail)
        if row.state not in ENDS or (row.state is not MessageState.SENT and not row.why):
            yield f"{row.lead} {row.mail} is {row.state}"
    for record in records:
        if record.profile and not any(row.journey for row in record.enrolments):
            yield f"{record.lead} was never enrolled"
        for held in record.enrolments:
            yield from _missing(held, by_enrolment.get(held.id, set()))


def _missing(held: Enrolment, told: set[str]) -> Iterator[str]:
    if held.status is EnrolmentStatus.OPEN:
        yield f"{held.lead} is still at {held.step}"
    missing = {claim.mail for claim in held.claims.values()} - told
    if held.journey and held.reason == "completed":
        missing |= EVERYBODY - told
    yield from (f"{held.lead} {mail} left no record" for mail in missing)


def _untrue(play: Play, rows: list[Message]) -> Iterator[str]:
    accepted = {tags["message"] for tags, _ in play.truth.accepted}
    for row in rows:
        if (row.state is MessageState.SENT) != (row.id in accepted):
            took = "took it" if row.id in accepted else "never took it"
            yield f"{row.lead} {row.mail} is {row.state}, and SES {took}"
