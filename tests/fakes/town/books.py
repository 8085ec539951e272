"""Two small clients for the fake town: what their folders would say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coldframe.domain.event_match import EventMatch
from coldframe.domain.form import Form, FormField
from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import HandOff, Pass, Send, Wait, WaitFor
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.limits import CapRule, QuietHours
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Client, Mail, Person

DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    client: Client
    forms: Mapping[str, Form]
    journeys: Mapping[str, Journey]
    entered_by: Mapping[str, str]
    """Form → the journey that it enters."""
    mails: Mapping[str, Mail]
    subjects: Mapping[str, str]
    bodies: Mapping[str, str] = field(default_factory=dict)
    knowing: Knowing = field(default_factory=Knowing)


def _mail(name: str, kind: MailKind, topic: str | None, *links: str) -> Mail:
    return Mail(
        mail=name,
        kind=kind,
        topic=topic,
        format="html" if kind is not MailKind.PERSONAL else "plain",
        links=links,
        on_unknown="drop",
        content_hash="0",
    )


def _by_name(*mails: Mail) -> Mapping[str, Mail]:
    return {mail.mail: mail for mail in mails}


def _hand_off() -> Step:
    name = "hand_off owner"
    return Step(id=name, action=HandOff(to="owner"), claim=f"hand_off:{name}")


BAKERY = Book(
    client=Client(
        client="bakery",
        environment="local",
        name="Linden Bakery",
        zone="Europe/Vienna",
        locale="en",
        sender=Person(name="Rosa at Linden Bakery", address="rosa@lindenbakery.example"),
        reply_to="rosa@lindenbakery.example",
        postal="Linden Bakery, Lindengasse 14, 1070 Vienna, Austria",
        owner=Person(name="Rosa Lindner", address="rosa@lindenbakery.example"),
        topics={"letters": "Baking letters"},
        caps=(CapRule(mails=3, days=7),),
        quiet_hours=QuietHours(start=21 * 60, end=8 * 60),
        sites=("https://www.lindenbakery.example",),
    ),
    forms={
        "cake-guide": Form(
            form="cake-guide",
            title="The Linden cake guide",
            submit="Send me the guide",
            redirect="https://www.lindenbakery.example/thank-you",
            fields=(
                FormField(
                    name="email", type="email", label="Where shall we send it?", required=True
                ),
                FormField(
                    name="first_name",
                    type="text",
                    label="Your first name",
                    required=False,
                    max_length=80,
                ),
                FormField(
                    name="letters",
                    type="consent",
                    label="Baking letters",
                    required=False,
                    topic="letters",
                    text="Yes, Linden Bakery may also send me baking letters: a story or an"
                    " invitation now and then. I can end them with one click.",
                ),
            ),
        )
    },
    journeys={
        "welcome": Journey(
            journey="welcome",
            title="Welcome with the cake guide",
            first="send cake-guide",
            steps={
                "send cake-guide": Step(
                    id="send cake-guide",
                    action=Send(mail="cake-guide"),
                    pause=Wait(seconds=2 * DAY),
                    next="send case-study",
                    claim="cake-guide",
                ),
                "send case-study": Step(
                    id="send case-study",
                    action=Send(mail="case-study"),
                    claim="case-study",
                    pause=WaitFor(
                        when=EventMatch(kind="email.clicked", where={"mail": "case-study"}),
                        limit=3 * DAY,
                        then="send tasting-invitation",
                        otherwise="send reminder",
                    ),
                ),
                "send tasting-invitation": Step(
                    id="send tasting-invitation",
                    action=Send(mail="tasting-invitation"),
                    next="hand_off owner",
                    claim="tasting-invitation",
                ),
                "send reminder": Step(
                    id="send reminder",
                    action=Send(mail="reminder"),
                    next="hand_off owner",
                    claim="reminder",
                ),
                "hand_off owner": _hand_off(),
            },
        )
    },
    entered_by={"cake-guide": "welcome"},
    mails=_by_name(
        _mail("cake-guide", MailKind.REQUESTED, None, "file:cake-guide.pdf"),
        _mail(
            "case-study",
            MailKind.VALUE,
            "letters",
            "https://www.lindenbakery.example/stories/a-wedding-cake-in-july",
            "https://www.lindenbakery.example/frosting-webinar",
        ),
        _mail(
            "tasting-invitation",
            MailKind.PROMOTION,
            "letters",
            "https://www.lindenbakery.example/tastings",
        ),
        _mail(
            "reminder",
            MailKind.PERSONAL,
            "letters",
            "https://www.lindenbakery.example/stories/a-wedding-cake-in-july",
        ),
    ),
    subjects={
        "cake-guide": "Your cake guide is out of the oven",
        "case-study": "The wedding cake that stood four hours in July",
        "tasting-invitation": "A seat at the tasting table?",
        "reminder": "How did the first cake turn out?",
    },
    bodies={
        "cake-guide": "Thank you for asking. The guide has three pages: the ratios that every cake"
        " of ours starts from, one vanilla layer cake, and a table of what went wrong and why.",
        "case-study": "Last June a woman called Marta asked whether one could really stack three"
        " tiers at home. The cake stood from two until six. Then it was eaten in eleven minutes.",
        "tasting-invitation": "On most Saturdays, before the shop opens, we set one long table for"
        " eight people. Six cakes, a slice of each, and the recipes beside the plates.",
        "reminder": "Did you find an evening for the layer cake yet? Just answer if you are stuck.",
    },
)

HARBOR = Book(
    client=Client(
        client="harbor",
        environment="local",
        name="Harbor",
        zone="America/New_York",
        locale="en",
        sender=Person(name="Grace at Harbor", address="grace@harborhq.example"),
        reply_to="hello@harborhq.example",
        postal="Harbor Software Inc., 220 Commercial Street, Boston, MA 02109, USA",
        owner=Person(name="Grace Murray", address="grace@harborhq.example"),
        topics={"product": "Product notes"},
    ),
    forms={
        "trial": Form(
            form="trial",
            title="Try Harbor for 14 days",
            submit="Start my trial",
            redirect="https://www.harborhq.example/trial/started",
            fields=(
                FormField(name="email", type="email", label="Work e-mail", required=True),
                FormField(
                    name="first_name", type="text", label="First name", required=True, max_length=80
                ),
                FormField(
                    name="company", type="text", label="Company", required=False, max_length=120
                ),
                FormField(
                    name="product",
                    type="consent",
                    label="Product notes",
                    required=False,
                    topic="product",
                    text="Send me notes on getting more out of Harbor, at most one a week.",
                ),
            ),
        )
    },
    journeys={
        "trial": Journey(
            journey="trial",
            title="The third day of a trial",
            first="wait 3 days",
            steps={
                "wait 3 days": Step(
                    id="wait 3 days",
                    action=Pass(),
                    pause=Wait(seconds=3 * DAY),
                    next="send trial-day-three",
                ),
                "send trial-day-three": Step(
                    id="send trial-day-three",
                    action=Send(mail="trial-day-three"),
                    next="hand_off owner",
                    claim="trial-day-three",
                ),
                "hand_off owner": _hand_off(),
            },
        )
    },
    entered_by={"trial": "trial"},
    mails=_by_name(
        _mail(
            "trial-day-three",
            MailKind.PERSONAL,
            "product",
            "https://docs.harborhq.example/import/spreadsheet",
            "https://www.harborhq.example/demo",
        )
    ),
    subjects={"trial-day-three": "Your first board?"},
    bodies={
        "trial-day-three": "You started a Harbor trial three days ago. Stuck? Answer this mail."
    },
)
