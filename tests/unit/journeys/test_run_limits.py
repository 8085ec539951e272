import pytest

from infra.journeys.run_limits import limit_problem
from tests.unit.journeys.authored import journey

LETTERS = """  - repeat: 24 times
    steps:
      - send: recipe
      - wait: {wait}
"""


def test_a_run_that_would_last_longer_than_a_year_is_reported() -> None:
    assert limit_problem(journey(LETTERS.format(wait="4 weeks"))).startswith(
        "can take 672 days in one run, and AWS ends it after a year"
    )


def test_shorter_waits_are_no_problem() -> None:
    assert limit_problem(journey(LETTERS.format(wait="2 weeks"))) == ""


def test_a_run_that_would_write_too_much_history_is_reported() -> None:
    rounds = "".join(
        f"  - repeat: 24 times\n    id: r{number}\n    steps:\n"
        f"      - send: recipe\n        id: s{number}\n"
        for number in range(15)
    )

    assert "lines of history in one run" in limit_problem(journey(rounds))


@pytest.mark.parametrize("mails", [1, 6, 40])
def test_an_ordinary_journey_is_far_from_the_limits(mails: int) -> None:
    steps = "".join(
        f"  - send: recipe\n    id: s{number}\n  - wait: 2 days\n" for number in range(mails)
    )

    assert limit_problem(journey(f"{steps}  - exit: done\n")) == ""
