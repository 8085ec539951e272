"""Any journey that the compiler could make, of every kind of step."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import strategies as st

from coldframe.domain import journey_steps as does
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import Journey, Step, Window
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Exit, Mail
from coldframe.domain.splitting import bound
from tests.unit.core.asked import DATE_FIELD, DAY, EVENTS, days_if_known, said, saw_pages

KINDS = (MailKind.VALUE, MailKind.PROMOTION, MailKind.REQUESTED)


conditions = st.one_of(
    st.sampled_from(("retail", "food")).map(lambda trade: said("trade", trade)),
    st.integers(1, 3).map(saw_pages),
)
minutes = st.integers(0, 24 * 60 - 1)
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
local_times = st.builds(does.LocalTime, minute=minutes, weekdays=weekdays)
windows = st.builds(Window, start=st.just(540), end=st.sampled_from((660, 1020)), weekdays=weekdays)
matches = st.sampled_from(EVENTS).map(lambda kind: EventMatch(kind=kind))
exits = st.lists(
    st.builds(
        Exit,
        journey=st.just("any"),
        when=matches,
        reason=st.sampled_from(("converted", "exited")),
        then=st.sampled_from(("", "after")),
    ),
    max_size=1,
).map(tuple)
dates = st.builds(
    does.DateMark,
    field=st.just(DATE_FIELD),
    days=st.integers(-40, 40),
    minute=minutes,
    if_past=st.sampled_from(("go_on", "skip", "exit")),
)
waits = st.one_of(
    st.builds(does.Wait, seconds=st.integers(0, 40 * DAY), until=st.none() | local_times),
    st.builds(does.Wait, until=local_times),
    st.builds(
        does.Wait,
        computed=st.just(days_if_known("phone", known=1, otherwise=3)),
        until=st.none() | local_times,
    ),
    st.builds(does.Wait, date=dates),
)


@dataclass(slots=True)
class Plan:
    """Steps laid from the end to the beginning, as each must know its successor."""

    draw: Any
    steps: dict[str, Step] = field(default_factory=dict)
    mails: dict[str, Mail] = field(default_factory=dict)
    numbers: Any = field(default_factory=count)
    holdouts: tuple[str, ...] = ()

    def add(self, step: str, action: does.Action, **more: Any) -> str:
        self.steps[step] = Step(id=step, action=action, holdouts=self.holdouts, **more)
        return step

    def lay(self, after: str, *, depth: int, most: int, least: int = 0) -> str:
        first = after
        for _ in range(self.draw(st.integers(least, most))):
            first = self._one(first, depth)
        return first

    def _one(self, after: str, depth: int) -> str:
        kinds = ["send", "send", "text", "wait", "set", "score", "notify", "hand_off"]
        kinds += ["webhook", "enrol"]
        if depth:
            kinds += ["wait_for"] * 4 + ["branch"] * 3 + ["split", "split", "exit"]
        kind = self.draw(st.sampled_from(kinds))
        return str(getattr(self, f"_{kind}")(f"{kind}-{next(self.numbers)}", after, depth))

    def _acts(self, step: str, action: does.Action, after: str, claim: str = "") -> str:
        pause = self.draw(st.none() | waits)
        if pause and pause.date:
            pause = does.Wait(date=pause.date, skip_to=self._past(after))
        if action.do in {"notify", "hand_off", "webhook"}:
            claim = f"{action.do}:{step}"
        return self.add(step, action, pause=pause, next=after, claim=claim)

    def _past(self, step: str) -> str:
        return self.steps[step].next or "end"

    def _send(self, step: str, after: str, _depth: int) -> str:
        self.mails[step] = mail(step, self.draw(st.sampled_from(KINDS)))
        return self._acts(step, does.Send(mail=step), after, claim=step)

    def _text(self, step: str, after: str, _depth: int) -> str:
        return self._acts(step, does.SendText(text=step), after, claim=step)

    def _wait(self, step: str, after: str, _depth: int) -> str:
        return self._acts(step, does.Pass(), after)

    def _set(self, step: str, after: str, _depth: int) -> str:
        value = self.draw(st.sampled_from(("retail", "food")))
        return self._acts(step, does.SetFields(values={"trade": value}), after)

    def _score(self, step: str, after: str, _depth: int) -> str:
        return self._acts(step, does.GiveScore(points=5, why=step), after)

    def _notify(self, step: str, after: str, _depth: int) -> str:
        return self._acts(step, does.Notify(to="owner", text="Look."), after)

    def _hand_off(self, step: str, after: str, _depth: int) -> str:
        return self._acts(step, does.HandOff(to="owner"), after)

    def _webhook(self, step: str, after: str, _depth: int) -> str:
        return self._acts(step, does.CallWebhook(webhook="crm"), after)

    def _enrol(self, step: str, after: str, _depth: int) -> str:
        return self._acts(step, does.EnrolIn(journey="other"), after)

    def _exit(self, step: str, _after: str, _depth: int) -> str:
        return self.add(step, does.Leave(reason=self.draw(st.sampled_from(("won", "lost")))))

    def _wait_for(self, step: str, after: str, depth: int) -> str:
        wait = does.WaitFor(
            when=self.draw(matches),
            limit=self.draw(st.integers(60, 40 * DAY)),
            since=self.draw(st.sampled_from(("send", "enrolment", "now"))),
            condition=self.draw(st.none() | conditions),
            then=self.lay(after, depth=depth - 1, most=2),
            otherwise=self.lay(after, depth=depth - 1, most=2),
        )
        if self.draw(st.booleans()):
            self.mails[step] = mail(step, MailKind.VALUE)
            return self.add(step, does.Send(mail=step), pause=wait, claim=step)
        return self.add(step, does.Pass(), pause=wait)

    def _branch(self, step: str, after: str, depth: int) -> str:
        whens = [*self.draw(st.lists(conditions, min_size=1, max_size=2)), None]
        arms = tuple(
            does.Arm(
                name=f"{step}.{number}", when=when, to=self.lay(after, depth=depth - 1, most=2)
            )
            for number, when in enumerate(whens)
        )
        return self.add(step, does.Branch(arms=arms), next=after)

    def _split(self, step: str, after: str, depth: int) -> str:
        holdout = "holdout" if self.draw(st.booleans()) else ""
        one, other = (self.lay(after, depth=depth - 1, most=2) for _ in range(2))
        shares = [
            does.Share(name="a", below=bound(0.4), to=one),
            does.Share(name="b", below=bound(0.7 if holdout else 1), to=other),
        ]
        if holdout:
            shares.append(does.Share(name=holdout, below=bound(1), to=after))
            self._hold_out(step, after)
        return self.add(step, does.Split(shares=tuple(shares), holdout=holdout))

    def _hold_out(self, split: str, after: str) -> None:
        """All steps laid so far that can follow the split's end carry it."""
        waiting, seen = [after], set()
        while waiting:
            here = self.steps[waiting.pop()]
            if here.id in seen:
                continue
            seen.add(here.id)
            held = Step(
                id=here.id,
                action=here.action,
                pause=here.pause,
                next=here.next,
                claim=here.claim,
                holdouts=(*here.holdouts, split),
            )
            self.steps[here.id] = held
            waiting += successors(here)


def successors(step: Step) -> list[str]:
    found = [step.next]
    match step.action:
        case does.Branch(arms=arms):
            found += [arm.to for arm in arms]
        case does.Split(shares=shares):
            found += [share.to for share in shares]
    match step.pause:
        case does.WaitFor(then=then, otherwise=otherwise):
            found += [then, otherwise]
        case does.Wait(skip_to=skip_to):
            found.append(skip_to)
    return [each for each in found if each]


def mail(name: str, kind: MailKind) -> Mail:
    return Mail(
        mail=name,
        kind=kind,
        topic=None if kind is MailKind.REQUESTED else "baking",
        format="plain",
        links=(),
        on_unknown="drop",
        content_hash=name,
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    journey: Journey
    mails: dict[str, Mail]
    exits: tuple[Exit, ...]


@st.composite
def journeys(draw: Any, *, depth: int = 2, most: int = 7) -> Drawn:
    plan = Plan(draw)
    plan.add("end", does.Leave(reason="completed"))
    first = plan.lay("end", depth=depth, most=most, least=3)
    journey = Journey(
        journey="any",
        title="Any",
        first=first,
        steps=plan.steps,
        topic="baking",
        send_window=draw(st.none() | windows),
        at_end={"won": "after"},
    )
    return Drawn(journey, plan.mails, draw(exits))
