"""A journey that a lead makes once for each order, and several of them at a time."""

from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import ReEntry
from coldframe.domain.journey_steps import Leave, Notify, Send, Wait, WaitFor
from coldframe.domain.playbook import Entry, Exit, Reactions, WaitRule
from tests.fakes.playbook import DAY, InMemoryPlaybook
from tests.unit.services.tour import FOLLOW, TOURING, journey, step, touring

PLACED, SHIPPED, PAID = (EventMatch(kind=f"order.{what}") for what in ("placed", "shipped", "paid"))
BY_ORDER = ReEntry(mode="always", key="order_id")
ORDERS = journey(
    "orders",
    step("invitation", Send(mail="invitation"), pause=Wait(seconds=DAY), then="reminder"),
    step(
        "reminder",
        Send(mail="reminder"),
        pause=WaitFor(when=SHIPPED, limit=40 * DAY, then="thanks", otherwise="call"),
    ),
    step("thanks", Send(mail="case-study"), then="end"),
    step("call", Notify(to="owner", text="Where is it?", task=True), then="end"),
    step("end", Leave(reason="completed")),
    re_enter=BY_ORDER,
)
ORDERING = Reactions(
    entries=(
        Entry(journey="orders", first="invitation", when=PLACED, re_enter=BY_ORDER),
        TOURING.entries[1],
    ),
    exits=(Exit(journey="orders", when=PAID, reason="converted", then="follow", key="order_id"),),
    waits=(WaitRule(journey="orders", step="reminder", when=SHIPPED, key="order_id"),),
    events=("order.placed", "order.shipped", "order.paid"),
)


def ordering(playbook: InMemoryPlaybook) -> InMemoryPlaybook:
    touring(playbook.without_limits())
    playbook.journeys = {"orders": ORDERS, "follow": FOLLOW}
    playbook.rules = ORDERING
    return playbook
