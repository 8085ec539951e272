"""A bakery's playbook: a guide at once, then a case study whose click decides what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coldframe.domain.asked_for import (
    CONFIRM_MAIL,
    DATA_MAIL,
    NEW_ADDRESS_MAIL,
    OLD_ADDRESS_MAIL,
)
from coldframe.domain.errors import UnknownForm
from coldframe.domain.event_match import EventMatch
from coldframe.domain.form import Form, FormField
from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import HandOff, Send, Wait, WaitFor
from coldframe.domain.limits import CapRule, QuietHours
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import (
    Broadcast,
    Client,
    Entry,
    Exit,
    Mail,
    Person,
    Reactions,
    StoredFile,
    WaitRule,
)

DAY = 24 * 60 * 60

BAKERY = Client(
    client="bakery",
    environment="dev",
    name="Mehl & Butter",
    zone="Europe/Zurich",
    locale="en",
    sender=Person(name="Mehl & Butter", address="hello@bakery.example"),
    reply_to="hello@bakery.example",
    postal="Backgasse 1, 8000 Zürich",
    owner=Person(name="Rosa", address="rosa@bakery.example"),
    topics={"baking": "Baking tips"},
    caps=(CapRule(mails=1, days=1), CapRule(mails=4, days=7)),
    quiet_hours=QuietHours(start=21 * 60, end=8 * 60),
)

CAKE_GUIDE = Form(
    form="cake-guide",
    title="The cake guide",
    fields=(
        FormField(name="name", type="text", label="Name", required=False, max_length=40),
        FormField(name="email", type="email", label="Email", required=True),
        FormField(
            name="tips",
            type="consent",
            label="Tips",
            required=False,
            topic="baking",
            text="Yes, send me baking tips.",
        ),
    ),
    redirect="https://bakery.example/thanks",
)

CLICKED = EventMatch(kind="email.clicked", where={"mail": "case-study"})


def sends(mail: str, *, wait: int, then: str) -> Step:
    """A mail, and a wait of so many seconds."""
    return Step(id=mail, action=Send(mail=mail), pause=Wait(seconds=wait), next=then, claim=mail)


WELCOME = Journey(
    journey="welcome",
    title="Welcome",
    first="guide",
    steps={
        step.id: step
        for step in (
            sends("guide", wait=2 * DAY, then="case-study"),
            Step(
                id="case-study",
                action=Send(mail="case-study"),
                claim="case-study",
                pause=WaitFor(when=CLICKED, limit=3 * DAY, then="invitation", otherwise="reminder"),
            ),
            sends("invitation", wait=DAY, then="hand-off"),
            sends("reminder", wait=DAY, then="hand-off"),
            Step(id="hand-off", action=HandOff(to="owner"), claim="hand_off:hand-off"),
        )
    },
)


def mail(name: str, kind: MailKind = MailKind.VALUE, *, on_unknown: str = "drop") -> Mail:
    return Mail(
        mail=name,
        kind=kind,
        topic=None if kind is MailKind.REQUESTED else "baking",
        format="plain",
        links=("https://bakery.example/a", "https://bakery.example/b", "file:guide.pdf"),
        on_unknown=on_unknown,
        content_hash=f"hash-of-{name}",
    )


MAILS = {
    each.mail: each
    for each in (
        mail("guide", MailKind.REQUESTED, on_unknown="repeat"),
        mail("case-study"),
        mail("invitation", MailKind.PROMOTION),
        mail("reminder"),
        mail("letter"),
        mail(CONFIRM_MAIL, MailKind.REQUESTED, on_unknown="repeat"),
        mail(DATA_MAIL, MailKind.REQUESTED, on_unknown="repeat"),
        mail(NEW_ADDRESS_MAIL, MailKind.REQUESTED, on_unknown="repeat"),
        mail(OLD_ADDRESS_MAIL, MailKind.REQUESTED),
    )
}

REACTIONS = Reactions(
    entries=(
        Entry(
            journey="welcome",
            first="guide",
            when=EventMatch(kind="form.submitted", where={"form": "cake-guide"}),
        ),
    ),
    exits=(Exit(journey="welcome", when=EventMatch(kind="tasting.booked"), reason="converted"),),
    waits=(WaitRule(journey="welcome", step="case-study", when=CLICKED),),
    events=("tasting.booked",),
)


@dataclass(slots=True)
class InMemoryPlaybook:
    of: Client = BAKERY
    rules: Reactions = REACTIONS
    journeys: dict[str, Journey] = field(default_factory=lambda: {"welcome": WELCOME})
    mails: dict[str, Mail] = field(default_factory=lambda: dict(MAILS))
    broadcasts: Mapping[str, Broadcast] = field(
        default_factory=lambda: {
            "letter": Broadcast(broadcast="letter", mail="letter", topic="baking"),
            **{
                name: Broadcast(broadcast=name, mail=name, topic="")
                for name in (CONFIRM_MAIL, DATA_MAIL, NEW_ADDRESS_MAIL, OLD_ADDRESS_MAIL)
            },
        }
    )

    def client(self) -> Client:
        return self.of

    def form(self, name: str) -> Form:
        if name != CAKE_GUIDE.form:
            raise UnknownForm(name)
        return CAKE_GUIDE

    def reactions(self) -> Reactions:
        return self.rules

    def journey(self, name: str) -> Journey:
        return self.journeys[name]

    def mail(self, name: str) -> Mail:
        return self.mails[name]

    def text(self, name: str) -> Mail:
        return replace(mail(name), format="sms", links=())

    def broadcast(self, name: str) -> Broadcast:
        return self.broadcasts[name]

    def file(self, name: str) -> StoredFile:
        raise KeyError(name)

    def without_limits(self) -> "InMemoryPlaybook":
        """No caps and no quiet hours: mails go when they are due."""
        self.of = replace(self.of, caps=(), quiet_hours=None)
        return self
