"""A dozen journeys written by hand, every kind of step among them, with what leads do in each."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from coldframe.domain import journey_steps as does
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import Journey, Step, Window
from coldframe.domain.limits import CapRule
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Client, Entry, Exit, Reactions, Retime, WaitRule, Webhook
from coldframe.domain.splitting import bound
from coldframe.domain.touchpoint import FORM_SUBMITTED, UNSUBSCRIBED
from tests.e2e.core.events import Happening, Lead, in_days
from tests.fakes.playbook import BAKERY, InMemoryPlaybook
from tests.unit.core.asked import COUNTED, DATE_FIELD, DAY, HOUR, days_if_known, said
from tests.unit.core.journeys import mail

DOOR = "door"
AGREES = {"baking": "Yes"}
CRM = Webhook(webhook="crm", url="https://crm.example/hook", fields=("trade",))
CALM = replace(BAKERY, caps=(), quiet_hours=None, webhooks={"crm": CRM})
TIGHT = replace(BAKERY, caps=(CapRule(mails=1, days=2),))
ORDERED = EventMatch(kind="order.placed")
END = Step(id="end", action=does.Leave(reason="completed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """A journey, and leads who go through it."""

    journey: Journey
    leads: tuple[Lead, ...]
    client: Client = CALM
    exits: tuple[Exit, ...] = ()
    kinds: dict[str, MailKind] = field(default_factory=dict)

    def playbook(self) -> InMemoryPlaybook:
        name = self.journey.journey
        sent = {step.mail: step.mail for step in self.journey.steps.values() if step.mail}
        mails = {each: mail(each, self.kinds.get(each, MailKind.VALUE)) for each in sent}
        return InMemoryPlaybook(
            of=self.client,
            rules=rules(self.journey, self.exits),
            journeys={name: self.journey},
            mails=mails,
        )


def rules(journey: Journey, exits: tuple[Exit, ...]) -> Reactions:
    name, steps = journey.journey, journey.steps.values()
    comes = EventMatch(kind=FORM_SUBMITTED, where={"form": DOOR})
    waits = [(step, step.wait_for) for step in steps if step.wait_for]
    dates = [(step.id, step.wait.date.field) for step in steps if step.wait and step.wait.date]
    return Reactions(
        entries=(Entry(journey=name, first=journey.first, when=comes),),
        exits=exits,
        waits=tuple(
            WaitRule(journey=name, step=step.id, when=wait.when, condition=wait.condition)
            for step, wait in waits
        ),
        retimes=tuple(Retime(journey=name, step=step, field=date) for step, date in dates),
        memory=(COUNTED,),
    )


def written(*steps: Step, **more: Any) -> Journey:
    """The steps, one after another where they don't say otherwise, and the end."""
    chain = (*steps, END)
    linked = [
        step
        if step.next or isinstance(step.action, does.Leave | does.Split)
        else replace(step, next=after.id)
        for step, after in zip(chain, (*chain[1:], END), strict=True)
    ]
    held = {each.id: each for each in linked}
    known = {"topic": "baking", "at_end": {"won": "after", "exited": "after"}, **more}
    return Journey(journey="any", title="Any", first=chain[0].id, steps=held, **known)


def sends(name: str, pause: does.Pause | None = None, **more: Any) -> Step:
    return Step(id=name, action=does.Send(mail=name), pause=pause, claim=name, **more)


def acts(name: str, action: does.Action, pause: does.Pause | None = None) -> Step:
    claim = f"{action.do}:{name}" if action.do in {"notify", "hand_off", "webhook"} else ""
    if isinstance(action, does.SendText):
        claim = name
    return Step(id=name, action=action, pause=pause, claim=claim)


def days(number: int, **more: Any) -> does.Wait:
    return does.Wait(seconds=number * DAY, may_park=number > 30, **more)


def after(kind: str, **told: Any) -> Happening:
    data = told.pop("data", {})
    return Happening(after=timedelta(**told), kind=kind, data=data)


def ada(*happenings: Happening, **fields: str) -> Lead:
    return Lead(name="ada", fields=fields, consents=AGREES, happenings=happenings)


def asks(**more: Any) -> does.WaitFor:
    known = {"when": ORDERED, "limit": 3 * DAY, "then": "thanks", "otherwise": "reminder"}
    return does.WaitFor(**{**known, **more})


THANKS = replace(sends("thanks"), next="end")
NINE = does.LocalTime(minute=540)
ABOUT = EventMatch(kind="email.clicked", where={"mail": "offer"})
LEFT = Exit(journey="any", when=EventMatch(kind="gone.away"), reason="exited", then="after")


def tales() -> Iterator[tuple[str, Tale]]:
    yield from _waiting()
    yield from _answered()
    yield "ways that part", Tale(journey=_parting(), leads=(ada(trade="food"), ada()))
    yield "a split with a holdout", Tale(journey=_split(), leads=tuple(_many()))
    yield (
        "a holdout that nobody is told of",
        Tale(journey=_held_out(), leads=tuple(_many()), exits=(LEFT,)),
    )
    yield "all that is told", Tale(journey=_telling(), leads=(ada(phone="+43 1"), ada()))
    yield from _by_date()
    yield from _asked_once()


def _waiting() -> Iterator[tuple[str, Tale]]:
    steps = sends("one", days(2)), sends("two", days(3, until=NINE)), sends("three", days(1))
    plain, abroad = written(*steps, sends("four")), ada(zone="America/New_York")
    yield "mails with waits", Tale(journey=plain, leads=(ada(), abroad))
    yield "put off by night and by caps", Tale(journey=plain, client=TIGHT, leads=(ada(), abroad))
    window = Window(start=9 * 60, end=17 * 60, weekdays=(0, 1, 2, 3, 4))
    weekdays = replace(plain, send_window=window)
    yield "weekdays only", Tale(journey=weekdays, leads=(ada(), abroad))
    monthly = sends("one", days(45)), sends("two", asks(limit=40 * DAY))
    parks = written(*monthly, THANKS, sends("reminder"))
    late = after("order.placed", days=70, minutes=7)
    yield "waits of months", Tale(journey=parks, leads=(ada(), ada(late)))


def _answered() -> Iterator[tuple[str, Tale]]:
    offer = written(sends("offer", asks()), THANKS, sends("reminder", days(1)), sends("last"))
    leads = (
        ada(),
        ada(after("order.placed", days=1, minutes=7)),
        ada(after("order.placed", days=5, minutes=7)),
        ada(after("gone.away", hours=30, minutes=1)),
        ada(after(UNSUBSCRIBED, days=1, minutes=3)),
    )
    yield "an event or its limit", Tale(journey=offer, leads=leads, exits=(LEFT,))
    both = Exit(journey="any", when=ORDERED, reason="won", then="after")
    yield "an event that answers and exits", Tale(journey=offer, leads=leads[1:2], exits=(both,))
    for since in ("send", "enrolment", "now"):
        later = Step(id="ask", action=does.Pass(), pause=asks(when=ABOUT, since=since))
        journey = written(sends("offer", days(2)), later, THANKS, sends("reminder"))
        early = after("email.clicked", days=1, minutes=2, data={"mail": "offer"})
        yield f"an event since {since}", Tale(journey=journey, leads=(ada(), ada(early)))
    picky = written(
        sends("offer", asks(condition=said("trade", "food"))), THANKS, sends("reminder")
    )
    one, other = (after("order.placed", hours=hours, minutes=1) for hours in (7, 20))
    told = after(FORM_SUBMITTED, hours=9, minutes=1, data={"trade": "food"})
    unknown, known = ada(one, other), ada(one, told, other)
    yield "an event on a condition", Tale(journey=picky, leads=(unknown, known))


def _asked_once() -> Iterator[tuple[str, Tale]]:
    """What is said of the lead while it waits comes too late for the wait."""
    patience = does.Wait(computed=days_if_known("phone", known=60, otherwise=40), may_park=True)
    told = after(FORM_SUBMITTED, days=10, minutes=1, data={"phone": "+43 1", "trade": "food"})
    slow = written(sends("one", patience), sends("two"))
    yield "a wait of months that is computed", Tale(journey=slow, leads=(ada(), ada(told)))
    picky = asks(condition=said("trade", "food"), limit=45 * DAY, since="enrolment")
    ask = Step(id="ask", action=does.Pass(), pause=picky)
    choosy = written(sends("one", days(2)), ask, THANKS, sends("reminder"))
    early, late = (after("order.placed", days=number, minutes=7) for number in (1, 20))
    unknown, known = ada(early, told), ada(early, told, late)
    yield "an event on a condition, in months", Tale(journey=choosy, leads=(unknown, known))


def _by_date() -> Iterator[tuple[str, Tale]]:
    far = {DATE_FIELD: in_days(55)}
    moved = after(FORM_SUBMITTED, days=20, minutes=1, data={DATE_FIELD: in_days(60)})
    passed = after(FORM_SUBMITTED, days=20, minutes=1, data={DATE_FIELD: in_days(-2)})
    leads = (ada(**far), ada(moved, **far), ada(passed, **far), ada())
    for if_past in ("go_on", "skip", "exit"):
        yield f"a date, else {if_past}", Tale(journey=_dated(if_past), leads=leads)


def _parting() -> Journey:
    arms = (
        does.Arm(name="food", when=said("trade", "food"), to="tips"),
        does.Arm(name="others", when=None, to="patience"),
    )
    patience = does.Wait(computed=days_if_known("phone", known=1, otherwise=3), until=NINE)
    return written(
        Step(id="which", action=does.Branch(arms=arms)),
        replace(sends("tips", days(1)), next="leave"),
        acts("leave", does.Leave(reason="won")),
        acts("patience", does.Pass(), patience),
        acts("call", does.HandOff(to="owner"), does.Wait(seconds=HOUR)),
        sends("last"),
    )


def _split() -> Journey:
    shares = (
        does.Share(name="a", below=bound(0.4), to="one"),
        does.Share(name="b", below=bound(0.7), to="two"),
        does.Share(name="holdout", below=bound(1), to="tips"),
    )
    return written(
        sends("hello", days(1)),
        Step(id="test", action=does.Split(shares=shares, holdout="holdout")),
        replace(sends("one", days(1)), next="tips"),
        replace(sends("two"), next="tips"),
        sends("tips", days(1), holdouts=("test",)),
        sends("more", holdouts=("test",)),
    )


def _many() -> Iterator[Lead]:
    for name in ("ada", "bob", "cyd", "dan", "eve"):
        yield Lead(name=name, consents=AGREES)


def _held_out() -> Journey:
    """All that a step can do, behind a split that holds two of three back."""
    shares = (
        does.Share(name="treated", below=bound(0.4), to="set"),
        does.Share(name="holdout", below=bound(1), to="set"),
    )
    ask = does.WaitFor(when=ORDERED, limit=3 * DAY, then="crm", otherwise="points")
    behind = (
        acts("set", does.SetFields(values={"trade": "retail"})),
        acts("task", does.Notify(to="owner", text="Call.", task=True), ask),
        acts("points", does.GiveScore(points=5, why="asked"), does.Wait(seconds=HOUR)),
        acts("stop", does.StopMarketing(why="silent")),
        acts("crm", does.CallWebhook(webhook="crm"), does.Wait(seconds=90)),
        acts("text", does.SendText(text="hello")),
        acts("on", does.EnrolIn(journey="other"), days(1)),
        acts("call", does.HandOff(to="owner"), does.Wait(seconds=HOUR)),
        acts("leave", does.Leave(reason="won")),
    )
    return written(
        sends("hello", days(1)),
        Step(id="test", action=does.Split(shares=shares, holdout="holdout")),
        *(replace(each, holdouts=("test",)) for each in behind),
    )


def _telling() -> Journey:
    arms = (does.Arm(name="retail", when=said("trade", "retail"), to="text"),)
    return written(
        acts("set", does.SetFields(values={"trade": "retail", "seats": 4})),
        Step(id="which", action=does.Branch(arms=arms), next="end"),
        acts("text", does.SendText(text="hello"), does.Wait(seconds=HOUR)),
        acts("score", does.GiveScore(points=5, why="asked")),
        acts("task", does.Notify(to="owner", text="Call.", task=True, within=DAY)),
        acts("enrol", does.EnrolIn(journey="other"), does.Wait(seconds=90)),
        sends("last"),
        acts("stop", does.StopMarketing(why="silent"), does.Wait(seconds=HOUR)),
        sends("never"),
    )


def _dated(if_past: str) -> Journey:
    date = does.DateMark(field=DATE_FIELD, days=-10, minute=540, if_past=if_past)
    skip_to = "last" if if_past == "skip" else None
    ahead = does.Wait(date=date, may_park=True, skip_to=skip_to)
    return written(acts("ahead", does.Pass(), ahead), sends("soon", days(1)), sends("last"))
