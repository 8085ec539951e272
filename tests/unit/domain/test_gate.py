"""What forbids mail, and how many mails a lead may get in calendar days of its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.caps import Counting, full
from coldframe.domain.gate import (
    MOST_REQUESTED,
    Gate,
    Prohibition,
    counted,
    prohibition,
    refused_request,
)
from coldframe.domain.limits import CapRule
from coldframe.domain.local_time import zone_of
from coldframe.domain.message import MailKind
from tests.fakes.clock import MONDAY

OPEN = Gate(lead="ada")
ZURICH = zone_of("Europe/Zurich", otherwise="UTC")
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def flagged(flag: str, at: datetime) -> Gate:
    changes: dict[str, Any] = {f"{flag}_at": at}
    return replace(OPEN, **changes)


@pytest.mark.parametrize("kind", [MailKind.VALUE, MailKind.PROMOTION, MailKind.PERSONAL])
@pytest.mark.parametrize("flag", ["unsubscribed", "complained", "bounced", "erased"])
def test_marketing_is_forbidden_by_every_prohibition_whenever_it_came(
    kind: MailKind, flag: str
) -> None:
    gate = flagged(flag, MONDAY - 100 * HOUR)

    assert prohibition(gate, kind, requested_at=MONDAY) == flag


@pytest.mark.parametrize(
    ("flag", "since_request", "forbidden"),
    [
        ("complained", -1, True),
        ("bounced", -1, True),
        ("erased", -1, True),
        ("unsubscribed", -1, False),
        ("unsubscribed", 0, False),
        ("unsubscribed", 1, True),
    ],
)
def test_a_requested_mail_is_held_by_an_opt_out_only_if_it_came_later(
    flag: str,
    since_request: int,
    forbidden: bool,  # noqa: FBT001 - an example's value
) -> None:
    gate = flagged(flag, MONDAY + since_request * HOUR)

    found = prohibition(gate, MailKind.REQUESTED, requested_at=MONDAY)

    assert (found == flag) is forbidden


def test_sales_ownership_is_no_prohibition() -> None:
    gate = replace(OPEN, with_sales_at=MONDAY)

    assert prohibition(gate, MailKind.VALUE, requested_at=MONDAY) is None


def capped_until(
    gate: Gate, caps: list[CapRule], *, now: datetime, zone: tzinfo
) -> datetime | None:
    found = full(gate, caps, Counting(), now=now, zone=zone)
    return found.until if found else None


@pytest.mark.parametrize(
    ("mails", "caps", "until"),
    [
        ([], [(1, 1)], None),
        (["2026-11-16 08:00"], [(1, 1)], "2026-11-16 23:00"),
        (["2026-11-15 22:59"], [(1, 1)], None),
        (["2026-11-15 23:00"], [(1, 1)], "2026-11-16 23:00"),
        (["2026-11-16 08:00"], [(2, 1)], None),
        (["2026-11-10 08:00", "2026-11-12 08:00"], [(2, 7)], "2026-11-16 23:00"),
        (["2026-11-09 08:00", "2026-11-12 08:00"], [(2, 7)], None),
        (["2026-11-14 08:00", "2026-11-16 08:00"], [(1, 1), (2, 7)], "2026-11-20 23:00"),
        (["2026-11-14 08:00"] * 4, [(2, 7)], "2026-11-20 23:00"),
        (["2026-11-16 12:00"], [(1, 1)], "2026-11-16 23:00"),
    ],
)
def test_caps_count_calendar_days_and_end_at_the_leads_midnight(
    mails: list[str], caps: list[tuple[int, int]], until: str | None
) -> None:
    gate = replace(OPEN, mails=tuple(map(utc, mails)))
    rules = [CapRule(mails=number, days=days) for number, days in caps]

    ends = capped_until(gate, rules, now=MONDAY, zone=ZURICH)

    assert ends == (utc(until) if until else None)


def test_the_day_the_clocks_change_is_a_day_like_any_other() -> None:
    gate = replace(OPEN, mails=(utc("2026-10-25 00:30"),))

    ends = capped_until(gate, [CapRule(mails=1, days=1)], now=utc("2026-10-25 22:30"), zone=ZURICH)

    assert ends == utc("2026-10-25 23:00")


RULES = st.lists(
    st.builds(CapRule, mails=st.integers(1, 4), days=st.integers(1, 10)), min_size=1, max_size=3
)


@settings(deadline=None)
@given(RULES, st.lists(st.integers(0, 30 * 24), min_size=1, max_size=40))
def test_no_rule_is_ever_exceeded_and_none_holds_longer_than_it_must(
    rules: list[CapRule], attempts: list[int]
) -> None:
    gate, sent = OPEN, list[datetime]()
    for hour in sorted(attempts):
        now = MONDAY + hour * HOUR
        until = capped_until(gate, rules, now=now, zone=ZURICH)
        if until is None:
            gate = counted(gate, MailKind.VALUE, rules, now=now)
            sent.append(now)
        else:
            assert until > now
            assert capped_until(gate, rules, now=until, zone=ZURICH) is None
            before = until - timedelta(seconds=1)
            assert capped_until(gate, rules, now=before, zone=ZURICH) is not None

    days = [at.astimezone(ZURICH).date() for at in sent]
    for rule in rules:
        for day in days:
            window = [each for each in days if timedelta() <= day - each < timedelta(rule.days)]
            assert len(window) <= rule.mails


def test_what_no_rule_can_ask_for_is_forgotten() -> None:
    gate = replace(OPEN, mails=(MONDAY - timedelta(days=40), MONDAY - timedelta(days=3)))

    after = counted(gate, MailKind.VALUE, [CapRule(mails=5, days=7)], now=MONDAY)

    assert after.mails == (MONDAY - timedelta(days=3), MONDAY)


def test_a_requested_mail_counts_among_the_days_requests_alone() -> None:
    after = counted(OPEN, MailKind.REQUESTED, [CapRule(mails=1, days=1)], now=MONDAY)
    later = counted(after, MailKind.REQUESTED, [], now=MONDAY + timedelta(days=1))

    assert after == replace(OPEN, requested=(MONDAY,))
    assert later.requested == (MONDAY + timedelta(days=1),)


@pytest.mark.parametrize(("mails", "days"), [(0, 1), (1, 0), (-1, 7)])
def test_a_cap_that_lets_nothing_through_cannot_be(mails: int, days: int) -> None:
    with pytest.raises(ValueError, match="lets nothing through"):
        CapRule(mails=mails, days=days)


def test_every_prohibition_has_its_instant_on_the_gate() -> None:
    assert all(hasattr(OPEN, f"{each}_at") for each in Prohibition)


@pytest.mark.parametrize(("hours", "why"), [(23.9, "asked_too_often"), (24, "")])
def test_what_was_asked_for_counts_for_a_day(hours: float, why: str) -> None:
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    asked = Gate(lead="ada", requested=(now - timedelta(hours=hours),) * MOST_REQUESTED)

    assert refused_request(asked, now=now) == why
