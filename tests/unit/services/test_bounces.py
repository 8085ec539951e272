"""What bounces say about an address, in whatever order and batches SES tells of them."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.message import Message, MessageState
from tests.fakes.clock import MONDAY
from tests.fakes.world import World, lead_of

ADA = lead_of("ada@example.com")
K = EmailEventKind
HOUR = timedelta(hours=1)


def at(hour: float) -> datetime:
    return MONDAY + hour * HOUR


def told(kind: EmailEventKind, number: int, hour: float, **more: Any) -> EmailEvent:
    """One event of Ada's nth mail."""
    values: dict[str, Any] = {
        "id": f"{number}/{kind}",
        "lead": ADA,
        "message": f"m{number}",
        "mail": "letter",
        "kind": kind,
        "at": at(hour),
    }
    return EmailEvent(**{**values, **more})


def full(number: int, hour: float, **more: Any) -> EmailEvent:
    return told(K.BOUNCED, number, hour, **{"detail": "MailboxFull", "status": "5.2.2", **more})


@pytest.fixture
def world() -> World:
    return mailed(World())


def mailed(world: World) -> World:
    """Ada was sent ten mails."""
    for number in range(10):
        message = Message(
            lead=ADA,
            id=f"m{number}",
            mail="letter",
            enrolment="e",
            journey="",
            step="",
            state=MessageState.SENT,
            at=at(number),
        )
        world.ledger.rows[ADA, message.id] = message
    return world


def tell(world: World, *events: EmailEvent) -> None:
    assert world.email_event_recording()(events) == {}


def shut(world: World) -> datetime | None:
    return world.gates.get(ADA).bounced_at


def test_the_fifth_soft_bounce_in_a_row_shuts_the_address_off_and_says_why(world: World) -> None:
    for number in range(4):
        tell(world, full(number, number))
    assert shut(world) is None

    tell(world, full(4, 4))

    assert shut(world) == at(0)
    assert world.gates.get(ADA).reasons == {"bounced": "soft_bounces"}


def test_a_delivery_between_begins_the_count_anew(world: World) -> None:
    for number in range(4):
        tell(world, full(number, number))
    tell(world, told(K.DELIVERED, 4, 4))

    for number in range(5, 9):
        tell(world, full(number, number))

    assert shut(world) is None


def test_a_mail_that_was_taken_and_came_back_was_a_delivery_between(world: World) -> None:
    for number in range(5):
        tell(world, told(K.DELIVERED, number, number), full(number, number + 0.5))

    assert shut(world) is None


@pytest.mark.parametrize("fault", ["MessageTooLarge", "ContentRejected", "AttachmentRejected"])
def test_what_was_our_mails_own_fault_never_counts(world: World, fault: str) -> None:
    for number in range(10):
        tell(world, full(number, number, detail=fault, hard=number % 2 == 0, status="4.4.7"))

    assert shut(world) is None
    assert {row.bounce for row in world.ledger.rows.values()} == {"ours"}


def test_a_mail_that_no_server_took_for_as_long_as_ses_tried_shuts_at_once(world: World) -> None:
    tell(world, full(0, 0, detail="General", status="4.4.7"))

    assert shut(world) == at(0)
    assert world.gates.get(ADA).reasons == {"bounced": "General 4.4.7"}


def test_reasons_are_kept_on_the_message(world: World) -> None:
    tell(world, full(0, 0), told(K.REJECTED, 1, 1, detail="Bad content"))

    rows = world.ledger.rows
    assert (rows[ADA, "m0"].bounce, rows[ADA, "m0"].bounced_why) == ("soft", "MailboxFull 5.2.2")
    assert rows[ADA, "m1"].rejected_at == at(1)
    assert rows[ADA, "m1"].rejected_why == "Bad content"


def test_a_delivery_after_a_hard_bounce_opens_the_address_again(world: World) -> None:
    tell(world, full(0, 1, hard=True))
    tell(world, told(K.DELIVERED, 1, 2))
    assert shut(world) is None

    tell(world, full(0, 1, hard=True))
    assert shut(world) is None

    tell(world, full(2, 3, hard=True))
    assert shut(world) == at(3)


def test_a_delivery_before_a_hard_bounce_opens_nothing(world: World) -> None:
    tell(world, full(0, 2, hard=True))
    tell(world, told(K.DELIVERED, 1, 1))

    assert shut(world) == at(2)


def test_who_leaves_by_ses_own_list_management_is_unsubscribed(world: World) -> None:
    tell(world, told(K.UNSUBSCRIBED, 0, 0))

    assert world.gates.get(ADA).unsubscribed_at == at(0)
    assert [row.kind for row in world.touchpoints.rows.values()] == ["unsubscribed"]


def test_a_batch_without_deliveries_reads_no_gate_and_soft_bounces_no_profile(
    world: World,
) -> None:
    tell(world, told(K.SENT, 0, 0), told(K.OPENED, 0, 1))

    assert world.writes.done == ["touchpoints.append", "email_events.update"]


def test_when_gates_cannot_be_read_the_deliveries_come_again(world: World) -> None:
    world.writes.interrupt_at = world.writes.operations + 1
    world.writes.interruption = unreachable
    failed = world.email_event_recording()([told(K.SENT, 0, 0), told(K.DELIVERED, 0, 1)])

    assert list(failed) == ["0/delivered"]


def unreachable() -> None:
    raise ConnectionError


HISTORIES = st.lists(
    st.sampled_from(["soft", "ours", "delivered", "delivered and soft", "nothing"]),
    min_size=5,
    max_size=10,
)


@settings(deadline=None, max_examples=150)
@given(HISTORIES, st.randoms(), st.integers(1, 6))
def test_order_copies_and_batches_change_nothing(
    history: list[str], random: Random, size: int
) -> None:
    events = [event for number, what in enumerate(history) for event in happened(what, number)]
    in_order, shuffled = mailed(World()), mailed(World())
    for event in events:
        tell(in_order, event)
    copies = events + [each for each in events if random.random() < 0.3]
    random.shuffle(copies)

    for start in range(0, len(copies), size):
        tell(shuffled, *copies[start : start + size])

    assert shuffled.ledger.rows == in_order.ledger.rows
    assert bool(shut(shuffled)) == bool(shut(in_order))


def happened(what: str, number: int) -> list[EmailEvent]:
    events = []
    if "delivered" in what:
        events.append(told(K.DELIVERED, number, number))
    if "soft" in what:
        events.append(full(number, number + 0.5))
    if what == "ours":
        events.append(full(number, number + 0.5, detail="ContentRejected"))
    return events
