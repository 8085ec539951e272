"""``python -m tests.bench.conditions``: evaluations for each real change, and what one costs."""

import sys
import time
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from coldframe.domain.conditions.decay import Decay, Points, Sum
from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.touchpoint import Touchpoint
from tests.unit.conditions.examples import compiled, remembered, touchpoint

START = datetime(2026, 10, 20, 22, tzinfo=UTC)
YEAR = timedelta(days=365)
LEADS = 200
CONDITIONS = (
    "since(last_seen) > days(90)",
    'did("page.viewed", path="/pricing*", within="30 days") >= 2',
    'did("page.viewed", within="7 days") == 1',
    "calendar_days_since(created_at) in [1, 3, 7]",
    "score >= 50",
    "engagement >= 20",
    'score >= 50 and did("page.viewed", path="/pricing*", within="30 days") >= 2',
    'since(last_seen) > days(30) and (score < 20 or did("form.submitted", within="60 days") == 0)',
    "calendar_days_until(tasting) <= 3 and until(tasting) > hours(12)",
)


def lead(random: Random) -> tuple[dict[str, Any], list[Touchpoint]]:
    def ago(days: int) -> timedelta:
        return timedelta(seconds=random.randrange(days * 86_400))

    def points(choices: list[int]) -> Points:
        over = timedelta(days=random.choice([14, 30]))
        return Points(
            points=random.choice(choices), at=START - ago(20), decay=Decay.HALVING, over=over
        )

    history = [
        touchpoint(
            random.choice(["page.viewed", "page.viewed", "form.submitted"]),
            ago=ago(60),
            now=START,
            path=random.choice(["/", "/pricing", "/pricing/cakes"]),
        )
        for _ in range(12)
    ]
    fields = {
        "created_at": START - ago(10),
        "last_seen": START - ago(20),
        "tasting": START + ago(40),
        "score": Sum(parts=tuple(points([40, 20, 15, 10]) for _ in range(6))),
        "engagement": Sum(parts=tuple(points([40, 20, 10, -5, -15]) for _ in range(6))),
    }
    return fields, history


def main() -> None:
    sys.stdout.write("evaluations  changes  each  µs each  condition (one year, 200 leads)\n")
    for source in CONDITIONS:
        condition, random = compiled(source), Random(7)  # noqa: S311 - a seed, not a secret
        asked = changed = 0
        spent = 0.0
        for _ in range(LEADS):
            fields, history = lead(random)
            memory = remembered(condition.memory, *history)
            facts = Facts(fields=fields, memory=memory, zone=ZoneInfo("Europe/Vienna"))
            now: datetime | None = START
            answer = None
            while now is not None and now < START + YEAR:
                began = time.process_time()
                evaluation = evaluate(condition, facts, now=now)
                spent += time.process_time() - began
                asked += 1
                changed += answer is not None and answer != evaluation.value
                answer, now = evaluation.value, evaluation.next_at
        woken = asked - LEADS
        each = f"{woken / changed:.2f}" if changed else "-"
        sys.stdout.write(f"{woken:11} {changed:8} {each:>5} {spent / asked * 1e6:8.0f}  {source}\n")


if __name__ == "__main__":
    main()
