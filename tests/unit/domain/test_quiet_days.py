"""Holidays and weekends of the lead's country, and the client's own days, by its own calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.consent import Consent
from coldframe.domain.gate import Gate
from coldframe.domain.journey import Journey, Window
from coldframe.domain.limits import QuietHours
from coldframe.domain.message import MailKind
from coldframe.domain.profile import Profile
from coldframe.domain.quiet_days import Days, QuietDays
from coldframe.domain.sending import GO, Answer, Word, may_send
from coldframe.domain.sending_hours import Hours, allowed_from, objection
from coldframe.domain.told import Known
from infra.playbook.quiet_days import YEARS, run_out
from tests.fakes.playbook import BAKERY

NIGHT = QuietHours(start=21 * 60, end=8 * 60)
AUSTRIAN = QuietDays(
    country="AT",
    holidays={"AT": {"2026-12-08": "Immaculate Conception"}, "DE": {}},
    weekends={"AT": (5, 6), "AE": (4, 5)},
    own={"12-24": "a day of the client's own"},
)
SEEN = Consent(at=datetime(2026, 11, 1, tzinfo=UTC), by="t", source="form:guide", text="Yes")


def lead(country: str = "", zone: str = "Europe/Vienna") -> Profile:
    told = {"country": country, "zone": zone}
    return Profile(
        lead="ada",
        address="ada@example.com",
        created_at=SEEN.at,
        consents={"baking": SEEN},
        fields={name: Known(value=value, at=SEEN.at, by="t") for name, value in told.items()},
    )


def ask(now: str, profile: Profile, window: Window | None = None) -> Answer:
    client = replace(BAKERY, caps=(), quiet_hours=NIGHT, quiet_days=AUSTRIAN)
    journey = Journey(journey="tips", title="Tips", first="", steps={}, send_window=window)
    return may_send(
        MailKind.VALUE,
        topic="baking",
        gate=Gate(lead="ada"),
        profile=profile,
        client=client,
        requested_at=SEEN.at,
        now=datetime.fromisoformat(f"{now}+00:00"),
        journey=journey,
    )


def test_on_a_holiday_a_mail_waits_for_the_next_morning_and_says_what_day_it_is() -> None:
    assert ask("2026-12-08 10:00", lead("AT")) == Answer(
        word=Word.NOT_YET,
        why="quiet_day",
        until=datetime(2026, 12, 9, 7, tzinfo=UTC),
        detail="Immaculate Conception",
    )


def test_where_it_is_no_holiday_the_mail_goes() -> None:
    assert ask("2026-12-08 10:00", lead("DE")) == GO


def test_of_a_country_nobody_knows_the_client_s_own_days_hold() -> None:
    assert ask("2026-12-08 10:00", lead("nowhere")).why == "quiet_day"


def test_friday_is_a_weekend_where_it_is_one() -> None:
    assert ask("2026-12-04 10:00", lead("ae", "Asia/Dubai")).detail == "weekend"
    assert ask("2026-12-06 10:00", lead("ae", "Asia/Dubai")) == GO
    assert ask("2026-12-06 10:00", lead("AT")).until == datetime(2026, 12, 7, 7, tzinfo=UTC)


def test_the_client_s_own_day_is_quiet_every_year_and_everywhere() -> None:
    assert ask("2026-12-24 10:00", lead("DE")).why == "quiet_day"
    assert ask("2027-12-24 10:00", lead("DE")).why == "quiet_day"


def test_the_day_is_the_lead_s_not_ours() -> None:
    """Late on the 7th in UTC it is the 8th in Auckland already."""
    assert ask("2026-12-07 20:00", lead("AT", "Pacific/Auckland")).why == "quiet_day"
    assert ask("2026-12-07 12:00", lead("AT")) == GO


ZONES = st.sampled_from(["Europe/Vienna", "America/Havana", "Africa/Cairo", "Pacific/Apia"])
DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)


@settings(deadline=None, max_examples=80)
@given(
    zone=ZONES.map(ZoneInfo),
    named=st.lists(DATES, max_size=30),
    weekend=st.sets(st.integers(0, 6), max_size=3),
    quiet=st.none() | st.builds(QuietHours, start=st.integers(0, 1439), end=st.integers(0, 1439)),
    after=st.integers(0, 700 * 24 * 60),
)
def test_what_waits_for_a_day_goes_at_the_first_minute_that_is_allowed(
    zone: ZoneInfo,
    named: list[str],
    weekend: set[int],
    quiet: QuietHours | None,
    after: int,
) -> None:
    """Midnights that come twice, or never, included."""
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=after)
    days = Days(holidays=dict.fromkeys(named, "x"), weekend=tuple(sorted(weekend)))
    hours = Hours(quiet=quiet, days=days)

    opens = allowed_from(now, hours=hours, zone=zone)

    assert opens >= now
    assert objection(opens, hours, zone) == ""
    minutes = min(int((opens - now).total_seconds() // 60), 6 * 24 * 60)
    for minute in range(1, minutes, 7):
        assert objection(opens - timedelta(minutes=minute), hours, zone)


def test_days_that_never_end_hold_nothing_back_for_ever() -> None:
    always = Hours(days=Days(weekend=(0, 1, 2, 3, 4, 5, 6)))
    now = datetime(2026, 12, 8, 10, tzinfo=UTC)

    assert allowed_from(now, hours=always, zone=ZoneInfo("Europe/Vienna")) == now


@pytest.mark.parametrize(("today", "said"), [(date(2030, 1, 1), False), (date(2030, 9, 1), True)])
def test_half_a_year_before_the_known_holidays_end_check_says_so(
    today: date, *, said: bool
) -> None:
    assert bool(run_out(AUSTRIAN, today)) is said
    assert YEARS[-1] == 2030
    assert run_out(None, today) == ""


WEEKENDS_ALONE = Window(start=9 * 60, end=17 * 60, weekdays=(5, 6))


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-12-05 10:00", "2026-12-07 07:00"),
        ("2026-12-07 10:00", None),
        ("2026-12-07 22:00", "2026-12-09 07:00"),
    ],
)
def test_a_window_on_quiet_days_alone_is_none_and_never_a_wait_without_an_end(
    now: str, until: str | None
) -> None:
    answer = ask(now, lead("AT"), WEEKENDS_ALONE)

    word = Word.NOT_YET if until else Word.GO
    at = datetime.fromisoformat(f"{until}+00:00") if until else None
    assert (answer.word, answer.until) == (word, at)


def test_where_the_window_lies_in_the_night_quiet_days_stay_quiet() -> None:
    """It is no window; the holiday is one all the same."""
    late = Window(start=22 * 60, end=23 * 60, weekdays=(0, 1, 2, 3, 4, 5, 6))
    hours = Hours(quiet=NIGHT, window=late, days=AUSTRIAN.of(lead("AT")))
    noon = datetime(2026, 12, 8, 11, tzinfo=UTC)

    opens = allowed_from(noon, hours=hours, zone=ZoneInfo("Europe/Vienna"))

    assert opens == datetime(2026, 12, 9, 7, tzinfo=UTC)


def test_a_client_may_shut_for_a_month() -> None:
    shut = {f"2026-12-{day:02}": "shut" for day in range(1, 31)}
    noon = datetime(2026, 12, 1, 11, tzinfo=UTC)

    opens = allowed_from(noon, hours=Hours(days=Days(holidays=shut)), zone=ZoneInfo("UTC"))

    assert opens == datetime(2026, 12, 31, tzinfo=UTC)
