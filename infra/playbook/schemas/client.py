"""The schema of client.yaml."""

from typing import Final

from coldframe.domain.limits import MONTH, WEEK
from infra.playbook.allowance_file import FASTEST, USUAL
from infra.playbook.allowance_file import LONGEST as LONGEST_WARM_UP
from infra.playbook.caps_file import COUNTED, LONGEST, MOST
from infra.playbook.schemas.building import (
    ADDRESS,
    EVENT,
    FIELD,
    LANGUAGE,
    NAME,
    Schema,
    by_name,
    condition,
    duration,
    each,
    hours,
    name,
    number,
    one_of,
    one_or_more,
    percent,
    table,
    text,
    yes_or_no,
)

_ADDRESS: Final = text("A mail address.", pattern=ADDRESS)
_DOMAIN: Final = text("A domain name.", pattern=r"^([a-z0-9-]+\.)+[a-z]+$")
_URL: Final = text("A whole address.", pattern="^https://")
_PERSON: Final = {"name": text("As it stands in mails."), "address": _ADDRESS}


def _person(about: str, **more: Schema) -> Schema:
    return table(about, {**_PERSON, **more}, needed=["name", "address"])


CLIENT: Final = table(
    "Who the client is, and what its stacks need to know.",
    {
        "name": text("The client's name."),
        "zone": text("Its time zone.", pattern="/", examples=["Europe/Vienna"]),
        "locale": text("Its language.", pattern=LANGUAGE),
        "sender": _person("Who mails come from."),
        "owner": _person("Whom leads are handed to."),
        "reply_to": _ADDRESS,
        "postal": text("The postal address, at the foot of each mail."),
        "people": by_name(
            "Who mails may come from, and whom journeys may tell.",
            _person("One of them.", signature=text("The lines below their mails.")),
            pattern=NAME,
        ),
        "domains": table("The client's own names.", {"links": _DOMAIN}, needed=["links"]),
        "certificate_arn": text("The certificate of that domain.", pattern="^arn:aws"),
        "sites": each("Pages that may post forms.", _URL),
        "topics": by_name("What leads may consent to.", text("In words."), pattern=NAME),
        "caps": each(
            "How many marketing mails a lead gets at most.",
            table(
                "One cap: of mails or texts, in so many days, or per calendar week or month.",
                {
                    "mails": number("Mails.", low=1, high=MOST),
                    "texts": number("Text messages.", low=1, high=MOST),
                    "days": number("Calendar days of the lead's own zone.", low=1, high=LONGEST),
                    "per": one_of("Calendar week (from Monday) or month.", [WEEK, MONTH]),
                    "kinds": one_or_more(
                        "Only mails of these kinds.", one_of("A kind.", [*map(str, COUNTED)])
                    ),
                    "topics": one_or_more("Only mails of these topics.", name("A topic.")),
                    "when": condition("For which leads; for all if unsaid."),
                },
            ),
        ),
        "quiet_hours": hours("When no marketing mail goes, in the lead's own zone."),
        "quiet_days": table(
            "Days on which no marketing goes, by the lead's country.",
            {
                "countries": each(
                    "Whose days are known; the first is that of leads of any other.",
                    text("A country.", pattern="^[A-Z]{2}$", examples=["AT"]),
                ),
                "holidays": yes_or_no("Whether public holidays are quiet; they are if unsaid."),
                "weekends": yes_or_no("Whether the country's weekend is; it isn't if unsaid."),
                "own": each(
                    "The client's own days.", text("2026-12-27, or '12-27' for every year.")
                ),
            },
            needed=["countries"],
        ),
        "sending": table(
            "The client's share of what its account may send.",
            {
                "rate": number("Mails a second.", low=1, high=FASTEST),
                "a_day": number("Mails in any 24 hours; unsaid, what the account may.", low=1),
                "warm_up": table(
                    "A new sender's first weeks.",
                    {
                        "since": text("The first day.", examples=["2026-12-01"]),
                        "first": number("Marketing mails on the first day.", low=1),
                        "grows": percent("How many more each day."),
                        "days": number(f"{USUAL} if unsaid.", low=1, high=LONGEST_WARM_UP),
                    },
                    needed=["since", "first", "grows"],
                ),
            },
            needed=["rate"],
        ),
        "promotions": table(
            "How journeys must be mixed.",
            {"value_between": number("Mails that are none between two promotions.", low=0)},
            needed=["value_between"],
        ),
        "replies": table(
            "Where answers arrive.",
            {
                "domain": _DOMAIN,
                "hold": duration("How long nurturing rests after one."),
                "languages": each("What leads write in.", text("A language.")),
            },
            needed=["domain"],
        ),
        "consent": table(
            "Whose consent counts at once.",
            {
                "confirm": yes_or_no("Whether a mail asks back first."),
                "at_once_in": each(
                    "Countries in which it counts at once all the same.", text("Two letters.")
                ),
            },
            needed=["confirm"],
        ),
        "webhooks": by_name(
            "Where journeys report to.",
            table(
                "One address.",
                {
                    "url": _URL,
                    "fields": each("What of the lead is told.", text("A field.", pattern=FIELD)),
                    "why": text("What it is for."),
                },
                needed=["url"],
            ),
            pattern=NAME,
        ),
        "hooks": by_name(
            "Services that tell of leads by their own webhooks.",
            table(
                "One of them.",
                {
                    "sender": one_of("Which service.", ["stripe", "zoom", "typeform"]),
                    "event": text("What it comes to here, as events.yaml declares.", pattern=EVENT),
                },
                needed=["sender"],
            ),
            pattern=NAME,
        ),
        "referrals": table(
            "Where a lead's own link leads those that it is passed on to.",
            {
                "page": text("A page of the client's site.", pattern="^https://"),
                "form": name("Or a form of ours."),
            },
        ),
        "visits": table(
            "The client's pages embed our script, and tell of their visitors.",
            {
                "keep": text(
                    "How long, where nobody's name is put to them; 90 days unless said.",
                    pattern=r"^\d+ ?(day|week|month|year)s?$",
                )
            },
        ),
        "testers": each("Who may get mails outside production.", _ADDRESS),
        "alerts": each("Who hears of trouble.", _ADDRESS),
        "account": text("The AWS account.", pattern=r"^\d{12}$"),
        "region": text("The AWS region."),
    },
    needed=["name", "zone", "locale", "sender", "postal", "owner", "topics"],
    title="A Coldframe client",
)
