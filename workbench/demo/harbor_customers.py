"""Who is in talks with Harbor, decided otherwise, or has bought."""

from typing import Final

from workbench.demo.characters import (
    Character,
    answers,
    clicks,
    fills,
    hours_later,
    on_day,
    tells,
    unsubscribes,
)
from workbench.demo.harbor_deeds import YES, buys, works

THEO: Final = Character(
    name="Theo",
    address="theo@langebank.example",
    says="had a demo and an open deal, and then nothing moved for sixty days",
    does=(
        on_day(0.6, fills("contact", first_name="Theo", **YES)),
        on_day(1, tells("demo.booked")),
        on_day(3, tells("deal.opened")),
    ),
    mails=(
        "stuck-changes",
        "stuck-what-is-in-the-way",
        "stuck-numbers",
        "stuck-close-the-file",
    ),
    ends={"stuck": "completed"},
)
RUTH: Final = Character(
    name="Ruth",
    address="ruth@anderswo.example",
    says="decided otherwise; three months later the rep asks, and she answers",
    does=(
        on_day(0.7, fills("contact", first_name="Ruth", **YES)),
        on_day(2, tells("deal.opened")),
        on_day(5, tells("deal.lost")),
    ),
    on_mail={"lost-one-question": hours_later(26, answers("It is slower than we thought."))},
    mails=("lost-one-question",),
    ends={"lost-deal": "completed"},
)
SAM: Final = Character(
    name="Sam",
    address="sam@ostrom.example",
    says="brings Harbor in, ships, lets it lie, comes back, adds a team, renews",
    does=(
        *buys(0.8, "champion", 12, "2027-04-20", first_name="Sam", rep="tom"),
        on_day(11, tells("release.shipped")),
        *works(30, 64, every=2),
        *works(64, 188, every=6),
        on_day(138, tells("plan.renewed")),
    ),
    on_mail={"second-team-offer": hours_later(5, clicks())},
    mails=(
        "onboarding-start",
        "onboarding-champion",
        "onboarding-champion-week",
        "onboarding-shipped",
        "low-usage-hand",
        "low-usage-fifteen",
        "second-team-story",
        "renewal-review",
        "second-team-offer",
        "renewal-terms",
        "renewal-seats",
        "renewal-question",
        "renewal-question",
    ),
    ends={
        "low-usage": "back",
        "onboarding": "completed",
        "renewal": "converted",
        "second-team": "completed",
    },
)
UMA: Final = Character(
    name="Uma",
    address="uma@demimot.example",
    says="was to plan releases in it, in French, never got round to it, and leaves",
    does=(
        *buys(0.9, "user", 4, "2027-11-20", first_name="Uma", rep="ines", language="fr"),
        on_day(55, tells("plan.cancelled")),
    ),
    mails=(
        "onboarding-start",
        "onboarding-user",
        "low-usage-hand",
        "low-usage-fifteen",
        "what-was-missing",
        "what-changed",
    ),
    ends={"low-usage": "completed", "onboarding": "completed", "win-back": "asked"},
)
VIC: Final = Character(
    name="Vic",
    address="vic@grosswerft.example",
    says="pays for eighty seats, wants no mails, and says so with the mailbox’s own button",
    does=buys(1.0, "sponsor", 80, "2027-11-20", first_name="Vic", rep="tom"),
    on_mail={"onboarding-sponsor": hours_later(1, unsubscribes())},
    mails=(
        "onboarding-start",
        "onboarding-sponsor",
    ),
    ends={"low-usage": "suppressed", "onboarding": "suppressed"},
)
