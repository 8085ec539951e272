import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coldframe.domain.errors import NotYet, Parked, StaleLead, SuppressedContact, Throttled
from coldframe.entrypoints.observability import Unexpected, observed
from coldframe.entrypoints.steps import step_endpoint
from coldframe.services.steps import StepCommand, StepOutcome

EVENTS = Path(__file__).parents[3] / "events" / "journey"
AT = datetime(2026, 11, 22, 9, 30, 0, 250_000, tzinfo=UTC)


class Tokens:
    """Answers to task tokens."""

    def __init__(self) -> None:
        self.failed: list[tuple[str, str, str]] = []

    def succeed(self, token: str, output: dict[str, str]) -> None:
        raise NotImplementedError

    def fail(self, token: str, error: str, cause: str) -> None:
        self.failed.append((token, error, cause))


def payload(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return told


def raising(error: Exception) -> Callable[[StepCommand], StepOutcome]:
    def step(_: StepCommand) -> StepOutcome:
        raise error

    return step


def test_a_wait_that_follows_is_answered_in_whole_seconds_rounded_up() -> None:
    handler = step_endpoint(Tokens())(lambda _: StepOutcome(resume_at=AT))

    assert handler(payload("send"), None) == {"resume_at": "2026-11-22T09:30:01Z"}


def test_where_there_is_a_choice_the_answer_says_which_step_follows() -> None:
    handler = step_endpoint(Tokens())(lambda _: StepOutcome(to="reminder"))

    assert handler(payload("webhook"), None) == {"to": "reminder"}


def test_without_a_wait_the_answer_is_empty() -> None:
    assert step_endpoint(Tokens())(lambda _: StepOutcome())(payload("hand_off"), None) == {}


def test_a_payload_of_a_later_version_is_still_read() -> None:
    heard: list[StepCommand] = []

    def step(command: StepCommand) -> StepOutcome:
        heard.append(command)
        return StepOutcome()

    step_endpoint(Tokens())(step)({**payload("send"), "v": 2, "more": {"to": "come"}}, None)

    assert heard[0].step == "cake-guide"


@pytest.mark.parametrize(
    "error",
    [NotYet(AT), Parked("e"), SuppressedContact("unsubscribed"), StaleLead("l"), Throttled("T")],
)
def test_our_named_errors_leave_by_their_names(error: Exception) -> None:
    handler = observed(step_endpoint(Tokens())(raising(error)))

    with pytest.raises(type(error)):
        handler(payload("send"), None)


def test_any_other_error_leaves_as_its_class_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    handler = observed(step_endpoint(Tokens())(raising(ValueError("ada@example.com"))))

    with pytest.raises(Unexpected, match=r"^ValueError$") as raised:
        handler(payload("send"), None)

    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert "ada@" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Throttled("ThrottlingException"), ("Throttled", "ThrottlingException")),
        (NotYet(AT), ("NotYet", "2026-11-22T09:30:01Z")),
        (ValueError("ada@example.com"), ("Unexpected", "ValueError")),
    ],
)
def test_under_a_token_a_refusal_is_reported_to_the_token(
    error: Exception, told: tuple[str, str]
) -> None:
    tokens = Tokens()

    answer = step_endpoint(tokens)(raising(error))(payload("send_and_wait_for"), None)

    assert answer == {}
    assert tokens.failed == [("AQCEAAAAKgAAAAMAAAAAAAAAAWv6", *told)]


def test_a_stuck_run_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    step_endpoint(Tokens())(lambda _: StepOutcome(stuck=True))(payload("stuck"), None)

    assert '"Stuck":1' in capsys.readouterr().out


def test_a_run_that_another_takes_over_is_not_counted_as_stuck(
    capsys: pytest.CaptureFixture[str],
) -> None:
    step_endpoint(Tokens())(lambda _: StepOutcome())(payload("stuck"), None)

    assert '"Stuck"' not in capsys.readouterr().out
