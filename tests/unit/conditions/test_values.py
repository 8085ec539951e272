from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts, Until
from coldframe.domain.conditions.nodes import Type
from tests.unit.conditions.examples import NOW, asked, compiled, holds


def test_conditions_combine_with_and_or_not() -> None:
    assert holds("vip and (employees > 10 or not vip)", vip=True, employees=12)
    assert not holds("vip and (employees > 10 or not vip)", vip=True, employees=9)


def test_comparisons_chain() -> None:
    assert holds("1 < employees <= 50", employees=50)
    assert not holds("1 < employees <= 50", employees=1)


@pytest.mark.parametrize(
    "expression",
    [
        'industry == "retail"',
        'industry != "retail"',
        'industry in ["retail"]',
        'industry not in ["retail"]',
        "employees < 5",
        "employees >= 5",
        "employees != 5",
        "since(tasting) > days(1)",
        "until(tasting) > days(1)",
        "calendar_days_since(wedding) >= 0",
        "calendar_days_since(wedding) not in [1, 2]",
        "score >= 0",
        "score < 0",
        "vip",
        'matches(job_title, "*")',
        '"cakes" in interests',
        '"cakes" not in interests',
        "employees * 2 > 0",
        "industry is known",
    ],
)
def test_every_comparison_with_missing_is_false(expression: str) -> None:
    evaluation = asked(expression)

    assert evaluation.value is False
    assert evaluation.next_at is None


def test_missing_equals_only_missing() -> None:
    assert holds("industry == job_title")
    assert not holds("industry == job_title", industry="retail")
    assert not holds("industry != job_title")


def test_not_turns_the_answer_of_a_comparison_with_missing() -> None:
    assert holds('not industry == "retail"')
    assert holds("industry is not known")


def test_blank_text_is_missing() -> None:
    assert not holds("industry is known", industry="  ")


def test_an_empty_list_is_known_and_empty() -> None:
    assert holds('"cakes" not in interests', interests=[])


def test_a_list_field_holds_its_texts() -> None:
    assert holds('"cakes" in interests', interests=["bread", "cakes"])


def test_patterns_match_whatever_the_case_of_letters() -> None:
    assert holds('matches(job_title, "*manager*", "ceo")', job_title="Sales MANAGER, north")
    assert not holds('matches(job_title, "*manager*", "ceo")', job_title="CEO's cat")


@pytest.mark.parametrize("stored", [12, 12.0, "12", " 12 ", Decimal(12)])
def test_a_number_is_read_however_it_is_stored(stored: object) -> None:
    assert holds("employees == 12", employees=stored)


@pytest.mark.parametrize(
    "stored",
    ["a dozen", "", "nan", "inf", "1e9999", "1_2", float("nan"), True, "9" * 400, object()],
)
def test_what_cannot_be_read_is_missing(stored: object) -> None:
    assert holds("employees is not known", employees=stored)


def test_instants_are_read_as_stored_text() -> None:
    assert holds('tasting < "2026-11-21T09:00:00.001Z"', tasting="2026-11-21T09:00:00.000Z")
    assert holds("tasting is not known", tasting="2026-11-21T09:00:00")


def test_a_missing_number_makes_the_result_missing_and_nothing_is_divided_by_zero() -> None:
    assert not holds("10 / employees > 0", employees=0)
    assert holds("(employees + 1) * 2 - 1 == 7", employees=3)


def test_one_of_two_values_is_chosen() -> None:
    condition = compiled('"gold" if vip else "green"', Type.TEXT)

    assert evaluate(condition, Facts(fields={"vip": True}), now=NOW).value == "gold"
    assert evaluate(condition, Facts(), now=NOW).value == "green"


def test_an_instant_is_calculated() -> None:
    condition = compiled("tasting - hours(36)", Type.INSTANT)

    evaluation = evaluate(condition, Facts(fields={"tasting": NOW}), now=NOW)

    assert evaluation.value == NOW - timedelta(hours=36)


def test_a_segment_is_asked_by_name() -> None:
    condition = compiled('in_segment("engaged")')

    assert evaluate(condition, Facts(segments={"engaged": True}), now=NOW).value is True
    assert evaluate(condition, Facts(), now=NOW).value is False


def test_a_value_computed_elsewhere_brings_its_own_instant() -> None:
    soon = NOW + timedelta(hours=1)
    facts = Facts(
        fields={"tier": Until(value="hot", next_at=soon)},
        segments={"engaged": Until(value=True, next_at=soon + timedelta(hours=1))},
    )

    both = evaluate(compiled('tier == "hot" and in_segment("engaged")'), facts, now=NOW)

    assert both.value is True
    assert both.next_at == soon


def test_an_instant_that_has_passed_is_asked_again_at_once() -> None:
    facts = Facts(fields={"tier": Until(value="hot", next_at=NOW - timedelta(days=1))})

    evaluation = evaluate(compiled('tier == "hot"'), facts, now=NOW)

    assert evaluation.next_at == NOW + timedelta(milliseconds=1)


@pytest.mark.parametrize(("year", "month", "day"), [(1, 1, 1), (9999, 12, 31)])
def test_the_ends_of_the_calendar_are_no_accident(year: int, month: int, day: int) -> None:
    at = datetime(year, month, day, tzinfo=UTC)
    sources = [
        "since(tasting) > days(1)",
        "until(tasting) > weeks(100000)",
        "until(tasting + weeks(100000)) > days(1)",
        "calendar_days_since(tasting) > 3",
        "calendar_days_until(wedding) < 400000000000",
    ]

    for source in sources:
        asked(source, tasting=at, wedding=at.date(), explain=True)


def test_dates_are_compared() -> None:
    assert holds('wedding >= "2026-12-24"', wedding=date(2026, 12, 24))
    assert holds('wedding < "2026-12-24"', wedding="2026-12-23")
