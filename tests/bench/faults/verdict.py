"""What became of every mail, by the books and by what SES took: the two must agree."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.local_time import local_date
from coldframe.domain.message import NOTICES, MessageState
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
    rows = play.ended
    ways = [tags["message"] for tags, _ in play.truth.accepted if _was_on_its_way(play, tags)]
    return Verdict(
        became=Counter(row.state.value for row in rows),
        whys=Counter(row.why for row in rows if row.state is MessageState.REFUSED),
        faults=Counter(play.weather.seen),
        leads=len(play.world.profiles.rows),
        opted_out=len(play.truth.forbidden),
        calls=play.ses.calls,
        requests=play.ses.requests,
        stuck=len(play.machine.stuck),
        on_their_way=len(ways),
        twice=sorted(_twice(play)),
        after_opt_out=sorted(_after_opt_out(play)),
        over_cap=sorted(_over_cap(play)),
        lost=sorted(_lost(play)),
        untrue=sorted(_untrue(play)),
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


def _over_cap(play: Play) -> Iterator[str]:
    """By the days on which they were claimed."""
    client = play.world.playbook.client()
    days: Counter[str] = Counter()
    for row in play.world.enrolments.rows.values():
        for claim in row.claims.values():
            if claim.mail not in NOTICES and claim.mail != "guide":
                days[f"{row.lead} {local_date(claim.at, ZoneInfo(client.zone))}"] += 1
    yield from (day for day, mails in days.items() if mails > client.caps[0].mails)


def _lost(play: Play) -> Iterator[str]:
    world = play.world
    by_enrolment: dict[str, set[str]] = {}
    for row in play.ended:
        by_enrolment.setdefault(row.enrolment, set()).add(row.mail)
        if row.state not in ENDS or (row.state is not MessageState.SENT and not row.why):
            yield f"{row.lead} {row.mail} is {row.state}"
    for lead in world.profiles.rows:
        if not any(row.lead == lead and row.journey for row in world.enrolments.rows.values()):
            yield f"{lead} was never enrolled"
    for held in world.enrolments.rows.values():
        told = by_enrolment.get(held.id, set())
        if held.status is EnrolmentStatus.OPEN:
            yield f"{held.lead} is still at {held.step}"
        missing = {claim.mail for claim in held.claims.values()} - told
        if held.journey and held.reason == "completed":
            missing |= EVERYBODY - told
        yield from (f"{held.lead} {mail} left no record" for mail in missing)


def _untrue(play: Play) -> Iterator[str]:
    accepted = {tags["message"] for tags, _ in play.truth.accepted}
    for row in play.ended:
        if (row.state is MessageState.SENT) != (row.id in accepted):
            took = "took it" if row.id in accepted else "never took it"
            yield f"{row.lead} {row.mail} is {row.state}, and SES {took}"
