"""Who reads, asks, hurries or falls silent at Harbor."""

from typing import Final

from workbench.demo.characters import (
    Character,
    clicks,
    fills,
    hours_later,
    looks_at,
    on_day,
    tells,
)
from workbench.demo.harbor_deeds import BLOG, PRICES, STORIES, YES, buys, works

MIRA: Final = Character(
    name="Mira",
    address="mira@nordkai.example",
    says="takes the handbook, watches the webinar, misses a demo, books another, and buys",
    does=(
        on_day(0.02, fills("handbook", first_name="Mira", employees="120", **YES)),
        on_day(17, tells("webinar.attended")),
        on_day(29, tells("demo.missed")),
        *buys(40, "sponsor", 30, "2027-12-20", first_name="Mira", rep="ines"),
        on_day(48, tells("release.shipped")),
        *works(42, 188, every=6),
    ),
    on_mail={
        "handbook-offer": hours_later(2, tells("demo.booked")),
        "no-show-sorry": hours_later(3, tells("demo.booked")),
    },
    mails=(
        "handbook",
        "handbook-case-study",
        "handbook-webinar",
        "handbook-offer",
        "no-show-sorry",
        "onboarding-start",
        "onboarding-sponsor",
        "onboarding-shipped",
    ),
    ends={
        "handbook": "converted",
        "no-show": "converted",
        "onboarding": "completed",
    },
)
NOE: Final = Character(
    name="Noé",
    address="noe@atelier.example",
    says="reads in French: first about release days, then how others did it, then the prices",
    does=(
        on_day(0.1, fills("contact", first_name="Noé", language="fr", **YES)),
        on_day(0.11, looks_at(*BLOG)),
        on_day(20, looks_at(*STORIES)),
        on_day(40, looks_at(PRICES[0])),
    ),
    mails=(
        "learn-release-day",
        "compare-spreadsheet",
        "compare-three-ways",
        "choose-questions",
        "choose-first-week",
        "quiet-best-of",
        "quiet-keep",
    ),
    ends={
        "choosing": "completed",
        "comparing": "completed",
        "learning": "moved-on",
        "quiet": "set-aside",
    },
)
PRIYA: Final = Character(
    name="Priya",
    address="priya@bellweather.example",
    says="runs delivery for six hundred people, and reads everything within two days",
    does=(
        on_day(
            0.2,
            fills(
                "contact",
                first_name="Priya",
                job_title="VP Delivery",
                employees="600",
                industry="software",
                **YES,
            ),
        ),
        on_day(0.22, looks_at(*PRICES)),
        on_day(1.1, looks_at(*STORIES, "/case-studies/ostrom", *PRICES[:1])),
        on_day(1.2, fills("contact", first_name="Priya", **YES)),
    ),
    mails=(
        "prices-answer",
        "key-account-hello",
        "quiet-best-of",
        "quiet-keep",
    ),
    ends={
        "alert-hot": "completed",
        "choosing": "moved-on",
        "key-account": "completed",
        "prices": "completed",
        "quiet": "set-aside",
    },
)
IDA: Final = Character(
    name="Ida",
    address="ida@kranwerk.example",
    says="clicks in a mail, reads three pages within the week, and buys without another word",
    does=(
        on_day(0.3, fills("trial", first_name="Ida", company="Kranwerk", **YES)),
        on_day(4, looks_at(*BLOG, *STORIES)),
        on_day(12, tells("plan.started")),
        *works(13, 188, every=6),
    ),
    on_mail={
        "trial-day-three": hours_later(2, clicks()),
        "fast-lane": hours_later(1, clicks()),
    },
    mails=(
        "trial-day-three",
        "fast-lane",
        "onboarding-start",
    ),
    ends={"accelerator": "completed", "onboarding": "completed", "trial": "completed"},
)
OTTO: Final = Character(
    name="Otto",
    address="otto@fernweh.example",
    says="asked something once and was never heard of again",
    does=(on_day(0.4, fills("contact", first_name="Otto", **YES)),),
    mails=(
        "quiet-best-of",
        "quiet-keep",
    ),
    ends={"quiet": "set-aside"},
)
LENA: Final = Character(
    name="Lena",
    address="lena@stillwasser.example",
    says="was quiet for as long, but says yes when she is asked",
    does=(on_day(0.5, fills("contact", first_name="Lena", **YES)),),
    on_mail={"quiet-keep": hours_later(20, clicks())},
    mails=(
        "quiet-best-of",
        "quiet-keep",
        "learn-release-day",
        "learn-checklist",
    ),
    ends={"learning": "completed", "quiet": "kept"},
)
