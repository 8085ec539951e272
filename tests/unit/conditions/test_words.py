from datetime import timedelta
from typing import Any

import pytest

from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts
from tests.unit.conditions.examples import NOW, asked, compiled, viewed

DAY = timedelta(days=1)


def test_a_condition_says_why_with_the_actual_values() -> None:
    history = [viewed("/pricing", days_ago=3), viewed("/pricing/cakes", days_ago=9)]
    source = 'score >= 50 and did("page.viewed", path="/pricing*", within="30 days") == 2'

    assert asked(source, *history, explain=True, score=62).because == (
        "because score is 62 (needs at least 50)"
        " and page seen (path /pricing*) 2 times in 30 days (needs exactly 2)"
    )


@pytest.mark.parametrize(
    ("source", "because"),
    [
        ('industry == "food"', "industry is retail (needs food)"),
        ('industry != "food"', "industry is retail (needs anything but food)"),
        ('country == "AT"', "country is not known (needs AT)"),
        ('industry in ["retail", "food"]', "industry is retail (needs one of retail, food)"),
        ('industry not in ["a"]', "industry is retail (needs none of a)"),
        ('"cakes" in interests', "interests is bread (needs cakes)"),
        ('"cakes" not in topics', "topics is not known (needs not cakes)"),
        ("employees + 1 > 5", "employees + 1 is 13 (needs more than 5)"),
        ("employees > fit", "employees is 12 (needs more than fit, not known)"),
        ("vip", "vip is true (needs true)"),
        ("industry is known", "industry is known"),
        ("not country is known", "country is not known"),
        ('matches(industry, "ret*", "f*")', "industry is retail (needs ret* or f*)"),
        ("since(last_seen) > days(90)", "last seen was 95.5 days ago (needs more than 90 days)"),
        ("until(tasting) < hours(36)", "tasting is 2 days from now (needs less than 1.5 days)"),
        ("until(last_seen) < hours(36)", "last seen was 95.5 days ago (needs less than 1.5 days)"),
        ("since(created_at) > days(1)", "created is not known (needs more than 1 day)"),
        (
            'tasting > "2026-11-21T09:00:00Z"',
            "tasting is 2026-11-23 09:00 UTC (needs after 2026-11-21 09:00 UTC)",
        ),
        ('wedding <= "2026-12-24"', "wedding is 2026-12-20 (needs not after 2026-12-24)"),
        (
            "calendar_days_until(wedding) <= 7",
            "29 calendar days until wedding (needs at most 7)",
        ),
        ("calendar_days_since(created_at) == 1", "created is not known (needs exactly 1)"),
        ('did("page.viewed") >= 1', "page seen never (needs at least 1)"),
        ("engagement < 5", "engagement is not known (needs less than 5)"),
        ('in_segment("engaged")', "not in segment engaged"),
    ],
)
def test_each_comparison_has_its_words(source: str, because: str) -> None:
    facts: dict[str, Any] = {
        "industry": "retail",
        "employees": 12,
        "vip": True,
        "interests": ["bread"],
        "last_seen": NOW - 95.5 * DAY,
        "tasting": NOW + 2 * DAY,
        "wedding": "2026-12-20",
    }

    assert asked(source, explain=True, **facts).because == f"because {because}"


def test_a_memory_that_is_full_says_or_more() -> None:
    history = [viewed(f"/{day}", days_ago=day) for day in range(1, 9)]

    because = asked('did("page.viewed") >= 2', *history, explain=True).because

    assert because == "because page seen 2 times or more (needs at least 2)"


def test_only_what_decided_is_said() -> None:
    facts = Facts(fields={"employees": 12, "industry": "retail"})
    condition = compiled('employees > 5 and (industry == "food" or industry == "it")')

    evaluation = evaluate(condition, facts, now=NOW, explain=True)

    assert [(clause.holds, clause.text) for clause in evaluation.clauses] == [
        (False, "industry is retail (needs food)"),
        (False, "industry is retail (needs it)"),
    ]


def test_nothing_is_said_unless_asked() -> None:
    assert asked("vip", vip=True).clauses == ()


def test_what_is_always_so_needs_no_reason() -> None:
    assert asked("true", explain=True).because == "always"
