"""A page tells whose browser it is seen in: once for each time that a link led there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from coldframe.domain.touchpoint import VISITOR_IDENTIFIED, Touchpoint
from coldframe.services.visiting import RecordVisits, VisitRecording
from tests.fakes.clock import FrozenClock

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
BROWSER = "v" + "0" * 25


@dataclass
class Kept:
    """What is appended under leads, by its id; no page view is told here."""

    rows: dict[str, Touchpoint] = field(default_factory=dict)

    def append(self, touchpoint: Touchpoint) -> bool:
        return self.rows.setdefault(touchpoint.id, touchpoint) is touchpoint


def comes_by(kept: Kept, message: str, *, followed: datetime, told: datetime) -> None:
    recording = VisitRecording(
        visits=kept,  # type: ignore[arg-type]  # not called: nothing but the visitor is told
        touchpoints=kept,  # type: ignore[arg-type]  # only appended to
        clock=FrozenClock(told),
    )
    recording(
        RecordVisits(
            visitor=BROWSER,
            seen=(),
            keep=timedelta(days=90),
            lead="ada",
            message=message,
            followed=followed,
        )
    )


def test_a_page_that_tells_again_tells_nothing_new() -> None:
    kept = Kept()

    for seconds in (3, 40):
        comes_by(kept, "guide", followed=NOW, told=NOW + timedelta(seconds=seconds))

    [told] = kept.rows.values()
    assert (told.kind, told.data["visitor"]) == (VISITOR_IDENTIFIED, BROWSER)


def test_a_browser_speaks_for_each_mail_that_it_came_by_on_one_day() -> None:
    kept = Kept()

    for hours, message in enumerate(["guide", "case_study"]):
        at = NOW + timedelta(hours=hours)
        comes_by(kept, message, followed=at, told=at + timedelta(seconds=3))

    assert [each.data["message"] for each in kept.rows.values()] == ["guide", "case_study"]


def test_and_for_each_time_that_it_came_by_one_mail() -> None:
    kept = Kept()

    for hours in range(2):
        at = NOW + timedelta(hours=hours)
        comes_by(kept, "guide", followed=at, told=at + timedelta(seconds=3))

    assert len(kept.rows) == 2
