"""Who comes by at the bakery: between them they walk through every journey of it."""

from datetime import timedelta
from typing import Final

from workbench.demo.characters import Character, clicks, fills, hours_later, on_day, tells

LASTS: Final = timedelta(days=125)
YES: Final = {"letters": "on"}

ADA: Final = Character(
    name="Ada",
    address="ada@example.com",
    says="takes the guide, reads the story, comes to the table",
    does=(
        on_day(0.02, fills("cake-guide", first_name="Ada", **YES)),
        on_day(9, tells("tasting.booked")),
    ),
    on_mail={"case-study": hours_later(5, clicks())},
    mails=(
        "cake-guide",
        "case-study",
        "tasting-invitation",
    ),
    ends={"welcome": "completed"},
)
HANNA: Final = Character(
    name="Hanna",
    address="hanna@example.com",
    says="marries in March with 140 guests, and reads German",
    does=(
        on_day(
            0.1,
            fills(
                "wedding-cake",
                first_name="Hanna",
                guests="140",
                filling="pistachio",
                wedding_day="2027-03-13",
                phone="+43 660 1234567",
                language="de",
                **YES,
            ),
        ),
        on_day(60, tells("cake.ordered", occasion="wedding")),
    ),
    on_mail={"wedding-tasting": hours_later(20, tells("tasting.booked"))},
    mails=(
        "wedding-answer",
        "wedding-timetable",
        "wedding-tasting",
        "after-the-day",
    ),
    ends={"anniversary": "inside", "wedding": "completed"},
)
KARL: Final = Character(
    name="Karl",
    address="karl@traun.example",
    says="marries in nine days, and comes to the table the same week",
    does=(
        on_day(
            0.2,
            fills(
                "wedding-cake",
                first_name="Karl",
                guests="50",
                filling="lemon",
                wedding_day="2026-12-03",
                **YES,
            ),
        ),
        on_day(1, tells("tasting.booked")),
    ),
    mails=(
        "wedding-answer",
        "wedding-timetable",
    ),
    ends={"alert-hot": "completed", "wedding": "too-late"},
)
GRETA: Final = Character(
    name="Greta",
    address="greta@example.com",
    says="leaves an order in the shop, and finishes it when Rosa offers to",
    does=(
        on_day(0.3, fills("cake-guide", first_name="Greta", **YES)),
        on_day(30, tells("order.begun")),
    ),
    on_mail={"order-help": hours_later(2, tells("cake.ordered", occasion="birthday"))},
    mails=(
        "cake-guide",
        "case-study",
        "reminder",
        "order-left",
        "order-help",
    ),
    ends={"order-left": "converted", "welcome": "completed"},
)
MORITZ: Final = Character(
    name="Moritz",
    address="moritz@example.com",
    says="never asked for a letter; after his third cake he would have got one",
    does=(
        on_day(0.4, fills("cake-guide", first_name="Moritz")),
        *(on_day(day, tells("cake.ordered", occasion="birthday")) for day in (20, 40, 60)),
    ),
    mails=("cake-guide",),
    ends={"regulars": "completed", "welcome": "completed"},
)
PAULA: Final = Character(
    name="Paula",
    address="paula@example.com",
    says="comes a third time, and is shown the door in the yard",
    does=(
        on_day(0.5, fills("cake-guide", first_name="Paula", **YES)),
        *(on_day(day, tells("cake.ordered", occasion="birthday")) for day in (20, 40, 60)),
    ),
    on_mail={"regulars-table": hours_later(30, tells("tasting.booked"))},
    mails=(
        "cake-guide",
        "case-study",
        "reminder",
        "regulars-table",
    ),
    ends={"regulars": "converted", "welcome": "completed"},
)
CAST: Final = (ADA, HANNA, KARL, GRETA, MORITZ, PAULA)
