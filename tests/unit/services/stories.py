"""Stories of leads, each played to its end, for tests that vary how they are told."""

from datetime import timedelta

from tests.fakes.clock import MONDAY
from tests.fakes.stage import BROWSER, Stage
from tests.unit.services import edits
from tests.unit.services.orders import ordering
from tests.unit.services.tour import renewing, touring

END = MONDAY + timedelta(days=20)
ADA = "ada@example.com"
WORK = "ada@work.example"
GRACE = "grace@example.com"


def silent(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(END)


def clicking(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=2, hours=3))
    stage.follow(stage.world.mailer.sent[-1], agent=BROWSER)
    stage.advance(END)


def opting_out(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1))
    stage.unsubscribe(stage.world.mailer.sent[-1])
    stage.advance(END)


def scanned(stage: Stage) -> None:
    """A scanner follows every link of the case study as it is delivered."""
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=2, minutes=1))
    mail = stage.world.mailer.sent[-1]
    for link in range(3):
        stage.follow(mail, link)
        stage.world.clock.advance(milliseconds=300)
    stage.advance(END)


def booking(stage: Stage) -> None:
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1))
    stage.book_tasting(ADA)
    stage.advance(END)


def bouncing(stage: Stage) -> None:
    """The guide can't be delivered, for good."""
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(hours=2))
    stage.bounce(stage.world.mailer.sent[-1])
    stage.advance(END)


def two_leads_and_a_letter(stage: Stage) -> None:
    stage.post(ADA)
    stage.post(GRACE)
    stage.advance(MONDAY + timedelta(days=1))
    stage.broadcast("letter", stage.world.clock.now())
    stage.advance(END)


def touring_silently(stage: Stage) -> None:
    """Every kind of step, waits without a run among them, to the last limit."""
    touring(stage.world.playbook)
    stage.post(ADA, phone="+41 79 000 00 00")
    stage.advance(MONDAY + timedelta(days=100))


def touring_and_looking(stage: Stage) -> None:
    """What is waited for comes while nothing runs."""
    touring(stage.world.playbook)
    stage.post(ADA, phone="+41 79 000 00 00")
    stage.advance(MONDAY + timedelta(days=50))
    stage.happen("tasting.looked-at", ADA)
    stage.advance(MONDAY + timedelta(days=100))


def touring_and_booking(stage: Stage) -> None:
    """The journey is left while nothing runs, and another follows that ending."""
    touring(stage.world.playbook)
    stage.post(ADA, phone="+41 79 000 00 00")
    stage.advance(MONDAY + timedelta(days=20))
    stage.book_tasting(ADA)
    stage.advance(MONDAY + timedelta(days=100))


def renewing_later(stage: Stage) -> None:
    """A date that is waited for becomes another."""
    renewing(stage.world.playbook)
    stage.post(ADA, renewal_on="2027-03-01")
    stage.advance(MONDAY + timedelta(days=10))
    stage.post(ADA, renewal_on="2027-02-01")
    stage.advance(MONDAY + timedelta(days=120))


def followed_edits(stage: Stage) -> None:
    """The journey is edited while she is in it: a shorter wait, a step deleted, one more mail."""
    edits.deployed(stage.world.playbook, edits.FOLLOWED)
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1, hours=12))
    edits.deployed(stage.world.playbook, edits.FOLLOWED_EDITED)
    stage.survive(lambda: stage.world.sweeping()(lambda: 60.0))
    stage.advance(END)


def pinned_edits(stage: Stage) -> None:
    """The same of a journey whose runs keep the order in which they began."""
    edits.deployed(stage.world.playbook, edits.PINNED)
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1, hours=12))
    edits.deployed(stage.world.playbook, edits.PINNED_EDITED)
    stage.advance(END)


def merged_on_the_way(stage: Stage) -> None:
    """Ada asks twice, by two addresses, before somebody says that she is one person."""
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1))
    stage.post(WORK)
    stage.advance(MONDAY + timedelta(days=1, hours=6))
    stage.merge(WORK, ADA)
    stage.advance(MONDAY + timedelta(days=6))
    stage.follow(stage.world.mailer.sent[1], agent=BROWSER)
    stage.post(WORK)
    stage.advance(END)


def orders_at_once(stage: Stage) -> None:
    """Of three orders one is paid at once, one when it is shipped, one never."""
    ordering(stage.world.playbook)
    stage.post(ADA)
    for number in ("7", "8", "9"):
        stage.happen("order.placed", ADA, f"placed {number}", order_id=number)
    stage.happen("order.paid", ADA, "paid 7", order_id="7")
    stage.advance(MONDAY + timedelta(days=3))
    for what in ("shipped", "paid"):
        stage.happen(f"order.{what}", ADA, f"{what} 8", order_id="8")
    stage.advance(MONDAY + timedelta(days=60))


def orders_told_late(stage: Stage) -> None:
    """Of three orders one is told of after its payment, one is shipped and paid, one neither."""
    ordering(stage.world.playbook)
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1))
    stage.happen("order.paid", ADA, "paid 7", order_id="7")
    stage.settle()
    stage.world.clock.advance(minutes=5)
    for number, hours in (("7", 2), ("8", 0), ("9", 0)):
        ago = timedelta(hours=hours)
        stage.happen("order.placed", ADA, f"placed {number}", ago=ago, order_id=number)
    stage.advance(MONDAY + timedelta(days=4))
    stage.happen("order.shipped", ADA, "shipped 8", order_id="8")
    stage.advance(MONDAY + timedelta(days=5))
    stage.happen("order.paid", ADA, "paid 8", order_id="8")
    stage.advance(MONDAY + timedelta(days=60))


STORIES = (
    silent,
    clicking,
    opting_out,
    scanned,
    booking,
    bouncing,
    two_leads_and_a_letter,
    touring_silently,
    touring_and_looking,
    touring_and_booking,
    renewing_later,
    followed_edits,
    pinned_edits,
    merged_on_the_way,
    orders_at_once,
    orders_told_late,
)
