"""A touchpoint's id is made of what happened, so that the same thing is recorded once."""

from datetime import datetime, timedelta, timezone
from typing import Any

from coldframe.domain.errors import NotYet
from coldframe.domain.instants import text_of
from coldframe.domain.touchpoint import Touchpoint, record
from tests.fakes.clock import MONDAY


def told(**changes: Any) -> Touchpoint:
    values: dict[str, Any] = {
        "lead": "ada",
        "kind": "form.submitted",
        "source": "form:cake-guide",
        "received_at": MONDAY,
        "data": {"a": 1},
    }
    return record(**{**values, **changes})


def test_the_same_content_on_the_same_day_is_the_same_touchpoint() -> None:
    later = told(received_at=MONDAY + timedelta(hours=9))

    assert later.id == told().id
    assert told().id.startswith("2026-11-16#")


def test_other_content_or_another_day_is_another() -> None:
    ids = {
        told().id,
        told(data={"a": 2}).id,
        told(kind="tasting.booked").id,
        told(source="server").id,
        told(received_at=MONDAY + timedelta(days=1)).id,
    }

    assert len(ids) == 5


def test_with_the_sources_own_id_the_content_does_not_count() -> None:
    assert told(own_id="7").id == told(own_id="7", data={"a": 2}).id
    assert told(own_id="7").id != told(own_id="8").id


def test_a_repeat_days_later_is_the_same_if_the_source_says_when_it_happened() -> None:
    late = told(own_id="7", occurred_at=MONDAY, received_at=MONDAY + timedelta(days=3))

    assert late.id == told(own_id="7").id


def test_nothing_happens_after_it_was_received() -> None:
    assert told(occurred_at=MONDAY + timedelta(days=1)).occurred_at == MONDAY


def test_instants_are_utc_and_as_precise_as_they_are_stored() -> None:
    zurich = timezone(timedelta(hours=1))
    at = datetime(2026, 11, 16, 11, 0, 0, 123_456, tzinfo=zurich)

    assert text_of(told(received_at=at).received_at) == "2026-11-16T10:00:00.123Z"
    assert told(received_at=at).received_at == MONDAY + timedelta(milliseconds=123)


def test_not_yet_is_said_in_whole_seconds_and_never_too_early() -> None:
    assert str(NotYet(MONDAY)) == "2026-11-16T10:00:00Z"
    assert str(NotYet(MONDAY + timedelta(microseconds=1))) == "2026-11-16T10:00:01Z"
