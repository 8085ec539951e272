"""Caps of every span, channel, kind, topic and condition; the answer names the rule and its end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.caps import Counting, full
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.gate import Gate, counted
from coldframe.domain.limits import MONTH, TEXTS, WEEK, CapRule
from coldframe.domain.message import MailKind
from infra.playbook.conditions import built_in
from infra.playbook.conditions.compiling import compile_condition

ZURICH = ZoneInfo("Europe/Zurich")
AUCKLAND = ZoneInfo("Pacific/Auckland")
OPEN = Gate(lead="ada")
MAIL = Counting()
MONDAY = datetime(2026, 11, 16, 10, tzinfo=UTC)
DAY = timedelta(days=1)
NEWCOMERS = compile_condition("since(created_at) < days(30)", catalogue=built_in.catalogue())


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def sent(*texts: str) -> Gate:
    return replace(OPEN, mails=tuple(map(at, texts)))


@pytest.mark.parametrize(
    ("per", "mails", "now", "until"),
    [
        (WEEK, ["2026-11-16 10:00"], "2026-11-22 22:59", "2026-11-22 23:00"),
        (WEEK, ["2026-11-15 22:59"], "2026-11-15 23:01", None),
        (MONTH, ["2026-11-02 10:00"], "2026-11-30 10:00", "2026-11-30 23:00"),
        (MONTH, ["2026-10-31 22:59"], "2026-11-01 10:00", None),
        (MONTH, ["2026-10-31 23:00"], "2026-11-01 10:00", "2026-11-30 23:00"),
        (MONTH, ["2026-12-02 10:00"], "2026-12-31 22:00", "2026-12-31 23:00"),
    ],
)
def test_a_cap_per_week_or_month_ends_with_it_by_the_lead_s_own_calendar(
    per: str, mails: list[str], now: str, until: str | None
) -> None:
    found = full(sent(*mails), [CapRule(mails=1, per=per)], MAIL, now=at(now), zone=ZURICH)

    assert (found.until if found else None) == (at(until) if until else None)


def test_who_moves_to_another_zone_is_counted_by_its_days() -> None:
    """Sent on Monday morning in Zurich, which is Monday night in Auckland."""
    gate, rule = sent("2026-11-16 10:00"), CapRule(mails=1, days=1)
    evening = at("2026-11-16 12:00")

    assert full(gate, [rule], MAIL, now=evening, zone=ZURICH)
    assert full(gate, [rule], MAIL, now=evening, zone=AUCKLAND) is None


def test_what_was_counted_stays_as_long_as_a_rule_can_ask_for_it_in_any_zone() -> None:
    rule = CapRule(mails=3, days=7)
    gate = sent("2026-11-07 11:00", "2026-11-07 09:00", "2026-11-16 09:00")

    after = counted(gate, MailKind.VALUE, [rule], now=MONDAY)

    assert after.mails == (*map(at, ("2026-11-07 11:00", "2026-11-16 09:00")), MONDAY)


def test_where_more_went_than_a_lowered_cap_allows_there_is_room_when_enough_have_passed() -> None:
    gate = sent("2026-11-12 10:00", "2026-11-13 10:00", "2026-11-14 10:00")

    found = full(gate, [CapRule(mails=2, days=7)], MAIL, now=MONDAY, zone=ZURICH)

    assert found
    assert found.until == at("2026-11-19 23:00")


def test_the_rule_that_holds_longest_is_named() -> None:
    rules = [CapRule(mails=1, days=1), CapRule(mails=2, days=7), CapRule(mails=8, per=MONTH)]

    found = full(sent("2026-11-14 10:00", "2026-11-16 09:00"), rules, MAIL, now=MONDAY, zone=ZURICH)

    assert found is not None
    assert (found.rule.words, found.until) == ("2 mails in 7 days", at("2026-11-20 23:00"))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CapRule(mails=1, days=1), "1 mail a day"),
        (CapRule(mails=8, per=MONTH), "8 mails a month"),
        (CapRule(mails=1, per=WEEK, kinds=("promotion",)), "1 promotion mail a week"),
        (CapRule(mails=2, days=14, topics=("news",)), "2 mails of news in 14 days"),
        (CapRule(mails=1, days=3, channel=TEXTS), "1 text in 3 days"),
    ],
)
def test_a_rule_is_told_in_words(rule: CapRule, words: str) -> None:
    assert rule.words == words


def test_a_rule_of_a_kind_counts_that_kind_alone() -> None:
    rules = [CapRule(mails=1, days=7, kinds=("promotion",))]
    gate = counted(OPEN, MailKind.VALUE, rules, now=MONDAY)
    promoted = counted(gate, MailKind.PROMOTION, rules, now=MONDAY + DAY)
    later = MONDAY + 2 * DAY

    assert full(gate, rules, Counting(kind=MailKind.PROMOTION), now=later, zone=ZURICH) is None
    assert full(promoted, rules, Counting(kind=MailKind.PROMOTION), now=later, zone=ZURICH)
    assert full(promoted, rules, MAIL, now=later, zone=ZURICH) is None


def test_texts_and_mails_are_counted_apart() -> None:
    rules = [CapRule(mails=1, days=1), CapRule(mails=1, days=7, channel=TEXTS)]
    texted = counted(OPEN, MailKind.VALUE, rules, now=MONDAY, channel=TEXTS)

    assert texted.mails == ()
    assert full(texted, rules, MAIL, now=MONDAY, zone=ZURICH) is None
    text = full(texted, rules, Counting(channel=TEXTS), now=MONDAY, zone=ZURICH)
    assert text is not None
    assert text.until == at("2026-11-22 23:00")


def test_a_rule_of_topics_counts_them_together() -> None:
    rules = [CapRule(mails=1, days=7, topics=("news", "tips"))]
    gate = counted(OPEN, MailKind.VALUE, rules, now=MONDAY, topic="tips")

    assert full(gate, rules, Counting(topic="news"), now=MONDAY, zone=ZURICH)
    assert full(gate, rules, Counting(topic="offers"), now=MONDAY, zone=ZURICH) is None


def test_a_rule_for_newcomers_ends_when_they_are_none_any_more() -> None:
    rule = CapRule(mails=1, days=14, when=NEWCOMERS)
    gate, asked = sent("2026-11-15 10:00"), MONDAY

    def since(created: datetime) -> datetime | None:
        facts = Facts(fields={"created_at": created}, zone=ZURICH)
        found = full(gate, [rule], MAIL, now=asked, zone=ZURICH, facts=lambda: facts)
        return found.until if found else None

    assert since(MONDAY - 31 * DAY) is None
    assert since(MONDAY - 28 * DAY) == MONDAY + 2 * DAY
    assert since(MONDAY - 2 * DAY) == at("2026-11-28 23:00")


SPANS = st.one_of(
    st.builds(CapRule, mails=st.integers(1, 4), days=st.integers(1, 10)),
    st.builds(CapRule, mails=st.integers(1, 6), per=st.sampled_from([WEEK, MONTH])),
)
ZONES = st.sampled_from(["Europe/Zurich", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu"])


@settings(deadline=None, max_examples=60)
@given(st.lists(SPANS, min_size=1, max_size=3), st.lists(st.integers(0, 60 * 24)), ZONES)
def test_whatever_is_asked_when_no_calendar_window_holds_more_than_its_rule(
    rules: list[CapRule], hours: list[int], name: str
) -> None:
    """Over both turns of the clocks."""
    zone, gate, days = ZoneInfo(name), OPEN, list[date]()
    begin = (
        datetime(2026, 2, 20, tzinfo=UTC) if len(hours) % 2 else datetime(2026, 10, 1, tzinfo=UTC)
    )
    for hour in sorted(hours):
        now = begin + timedelta(hours=hour)
        found = full(gate, rules, MAIL, now=now, zone=zone)
        if found is None:
            gate = counted(gate, MailKind.VALUE, rules, now=now)
            days.append(now.astimezone(zone).date())
        else:
            assert found.until > now
            assert full(gate, rules, MAIL, now=found.until, zone=zone) is None

    for rule in rules:
        for day in days:
            assert sum(_within(rule, day, each) for each in days) <= rule.mails


def _within(rule: CapRule, day: date, other: date) -> bool:
    if rule.per == WEEK:
        return day.isocalendar()[:2] == other.isocalendar()[:2]
    if rule.per == MONTH:
        return (day.year, day.month) == (other.year, other.month)
    return timedelta() <= day - other < timedelta(rule.days)
