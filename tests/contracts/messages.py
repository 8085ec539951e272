"""Messages and what SES tells of them: the sent stays sent, and a doubt is settled once."""

from datetime import datetime

import pytest

from coldframe.domain.errors import StaleLead
from coldframe.domain.message import MessageState
from tests.contracts.examples import ADA, LATER, message
from tests.contracts.store import Store


class MessagesContract:
    def test_a_message_nobody_meant_is_none(self, store: Store) -> None:
        assert store.ledger.message(ADA, "m1") is None

    def test_sending_then_sent_comes_back_whole(self, store: Store) -> None:
        store.ledger.sending(message())
        sent = message(MessageState.SENT, at=LATER, sent_at=LATER, ses_id="ses-1")

        for _ in range(2):
            store.ledger.sent(sent)

        assert store.ledger.message(ADA, "m1") == sent

    @pytest.mark.parametrize("state", ["sent", "refused", "unknown"])
    def test_what_is_settled_is_not_sent_again(self, store: Store, state: str) -> None:
        store.ledger.sending(message())
        settle(store, state)

        for attempt in (1, 2):
            with pytest.raises(StaleLead):
                store.ledger.sending(message(attempt=attempt))

        assert held(store) == state

    def test_two_at_once_cannot_both_be_sending(self, store: Store) -> None:
        store.ledger.sending(message())

        with pytest.raises(StaleLead):
            store.ledger.sending(message())

    def test_one_in_doubt_may_be_sent_again_by_the_next_attempt_only_once(
        self, store: Store
    ) -> None:
        store.ledger.sending(message())
        store.ledger.sending(message(attempt=2))

        with pytest.raises(StaleLead):
            store.ledger.sending(message(attempt=2))

    def test_a_deferred_one_may_be_sent_and_forgets_why_it_waited(self, store: Store) -> None:
        store.ledger.settle(message(MessageState.DEFERRED, why="capped", until=LATER))
        store.ledger.settle(message(MessageState.DEFERRED, why="quiet_hours", until=LATER))

        store.ledger.sending(message())

        assert store.ledger.message(ADA, "m1") == message()

    def test_a_released_one_may_be_sent_again(self, store: Store) -> None:
        store.ledger.sending(message())
        store.ledger.release(message(why="throttled"))
        assert held(store) == "deferred"

        store.ledger.sending(message())

        assert held(store) == "sending"

    def test_only_its_own_attempt_is_released(self, store: Store) -> None:
        store.ledger.sending(message())
        store.ledger.sending(message(attempt=2))

        store.ledger.release(message(why="throttled"))

        assert held(store) == "sending"

    @pytest.mark.parametrize("state", ["sending", "sent", "refused", "unknown"])
    def test_nothing_is_put_off_once_it_was_begun(self, store: Store, state: str) -> None:
        store.ledger.sending(message())
        if state != "sending":
            settle(store, state)

        store.ledger.settle(message(MessageState.DEFERRED, why="capped", until=LATER))

        assert held(store) == state

    @pytest.mark.parametrize("state", ["refused", "unknown"])
    def test_the_sent_stays_sent(self, store: Store, state: str) -> None:
        store.ledger.sending(message())
        settle(store, "sent")

        settle(store, state)

        assert held(store) == "sent"


def settle(store: Store, state: str) -> None:
    if state == "sent":
        store.ledger.sent(message(MessageState.SENT, sent_at=LATER, ses_id="ses-1"))
    else:
        store.ledger.settle(message(MessageState(state), why="because"))


def held(store: Store) -> str:
    stored = store.ledger.message(ADA, "m1")
    assert stored is not None
    return stored.state


class EmailEventsContract:
    @pytest.mark.parametrize("state", ["sending", "unknown"])
    @pytest.mark.parametrize("fact", ["sent_at", "delivered_at"])
    def test_the_send_or_delivery_settles_a_doubt(
        self, store: Store, state: str, fact: str
    ) -> None:
        store.ledger.sending(message())
        if state == "unknown":
            settle(store, state)

        store.email_events.update(ADA, "m1", {fact: "2026-11-16T10:07:00.000Z"})

        stored = store.ledger.message(ADA, "m1")
        assert stored is not None
        assert stored.state is MessageState.SENT
        assert getattr(stored, fact) == datetime.fromisoformat("2026-11-16T10:07:00+00:00")

    def test_a_delay_settles_nothing(self, store: Store) -> None:
        store.ledger.sending(message())

        store.email_events.update(ADA, "m1", {"delayed_at": "2026-11-16T10:07:00.000Z"})

        assert held(store) == "sending"

    def test_the_first_of_each_fact_is_kept_whoever_tells_it(self, store: Store) -> None:
        store.ledger.sending(message())
        store.email_events.update(ADA, "m1", {"sent_at": "2026-11-16T10:03:00.000Z"})
        settle(store, "sent")
        store.email_events.update(ADA, "m1", {"sent_at": "2026-11-16T10:09:00.000Z"})

        stored = store.ledger.message(ADA, "m1")
        assert stored is not None
        assert stored.sent_at == datetime.fromisoformat("2026-11-16T10:03:00+00:00")
        assert stored.ses_id == "ses-1"

    def test_a_message_that_is_not_there_is_left_alone(self, store: Store) -> None:
        store.email_events.update(ADA, "m1", {"sent_at": "2026-11-16T10:03:00.000Z"})

        assert store.ledger.message(ADA, "m1") is None
