"""A journey through every kind of step, and the short one that it leads on to."""

from dataclasses import replace

from coldframe.domain.conditions.nodes import Compare, Condition, Const, Field, Type
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import (
    Action,
    Arm,
    Branch,
    CallWebhook,
    DateMark,
    EnrolIn,
    GiveScore,
    HandOff,
    Leave,
    Notify,
    Pass,
    Pause,
    Send,
    SendText,
    SetFields,
    Share,
    Split,
    Wait,
    WaitFor,
)
from coldframe.domain.playbook import Entry, Exit, Reactions, Retime, WaitRule, Webhook
from tests.fakes.playbook import DAY, MAILS, InMemoryPlaybook

LOOKED = EventMatch(kind="tasting.looked-at")
BOOKED = EventMatch(kind="tasting.booked")
HOUR = 3600


def asked(field: str, value: str) -> Condition:
    text = Type.TEXT
    tree = Compare(
        symbol="==",
        left=Field(name=field, type=text, label=field),
        right=Const(value=value, type=text),
        type=text,
    )
    return Condition(source=f'{field} == "{value}"', type=Type.BOOLEAN, tree=tree, fields=(field,))


RETAIL = asked("industry", "retail")


def step(name: str, action: Action, *, then: str | None = None, pause: Pause | None = None) -> Step:
    claim = f"{action.do}:{name}" if action.do in {"notify", "hand_off", "webhook", "text"} else ""
    if isinstance(action, Send):
        claim = action.mail
    return Step(id=name, action=action, next=then, pause=pause, claim=claim)


def journey(name: str, *steps: Step, **more: object) -> Journey:
    first, *_ = steps
    held = {each.id: each for each in steps}
    made = Journey(journey=name, title=name.title(), first=first.id, steps=held, topic="baking")
    return replace(made, **more)  # type: ignore[arg-type]  # a journey's own fields


TOUR = journey(
    "tour",
    step("guide", Send(mail="guide"), pause=Wait(seconds=DAY), then="score"),
    step("score", GiveScore(points=10, why="asked for the guide"), then="set"),
    step(
        "set",
        SetFields(values={"industry": "retail", "seats": 4}),
        then="which",
    ),
    step(
        "which",
        Branch(
            arms=(
                Arm(name="retail", when=RETAIL, to="tell"),
                Arm(name="others", when=None, to="end"),
            )
        ),
    ),
    step("tell", Notify(to="owner", text="A shop asked for the guide."), then="crm"),
    step("crm", CallWebhook(webhook="crm"), pause=Wait(seconds=HOUR), then="sms"),
    step("sms", SendText(text="hello"), then="draw"),
    step(
        "draw",
        Split(
            shares=(Share(name="a", below="80000000", to="on"), Share(name="b", below="g", to="on"))
        ),
    ),
    step("on", EnrolIn(journey="follow"), then="long"),
    step("long", Pass(), pause=Wait(seconds=40 * DAY, may_park=True), then="look"),
    step(
        "look",
        Send(mail="case-study"),
        pause=WaitFor(when=LOOKED, limit=45 * DAY, then="task", otherwise="owner"),
    ),
    step(
        "task",
        Notify(to="owner", text="Call them.", task=True, within=2 * DAY),
        pause=Wait(seconds=DAY),
        then="owner",
    ),
    step("owner", HandOff(to="owner"), then="end"),
    step("end", Leave(reason="completed")),
)

FOLLOW = journey(
    "follow",
    step("reminder", Send(mail="reminder"), pause=Wait(seconds=HOUR), then="end"),
    step("end", Leave(reason="completed")),
)

TOURING = Reactions(
    entries=(
        Entry(
            journey="tour",
            first="guide",
            when=EventMatch(kind="form.submitted", where={"form": "cake-guide"}),
        ),
        Entry(
            journey="follow",
            first="reminder",
            when=EventMatch(kind="journey.requested", where={"journey": "follow"}),
        ),
    ),
    exits=(Exit(journey="tour", when=BOOKED, reason="converted", then="follow"),),
    waits=(WaitRule(journey="tour", step="look", when=LOOKED),),
    events=("tasting.booked", "tasting.looked-at"),
)


def touring(playbook: InMemoryPlaybook) -> InMemoryPlaybook:
    playbook.journeys = {"tour": TOUR, "follow": FOLLOW}
    playbook.rules = TOURING
    playbook.mails = dict(MAILS)
    crm = Webhook(webhook="crm", url="https://crm.example/leads", fields=("industry", "phone"))
    playbook.of = replace(playbook.of, webhooks={"crm": crm})
    return playbook


RENEWAL = journey(
    "renewal",
    step(
        "await",
        Pass(),
        pause=Wait(
            date=DateMark(field="renewal_on", days=-30, minute=9 * 60, if_past="skip"),
            may_park=True,
            skip_to="late",
        ),
        then="invitation",
    ),
    step("invitation", Send(mail="invitation"), then="end"),
    step("late", Send(mail="reminder"), then="end"),
    step("end", Leave(reason="completed")),
)
RENEWING = Reactions(
    entries=(
        Entry(
            journey="renewal",
            first="await",
            when=EventMatch(kind="form.submitted", where={"form": "cake-guide"}),
        ),
    ),
    retimes=(Retime(journey="renewal", step="await", field="renewal_on"),),
)


def renewing(playbook: InMemoryPlaybook) -> InMemoryPlaybook:
    playbook.journeys = {"renewal": RENEWAL}
    playbook.rules = RENEWING
    return playbook
