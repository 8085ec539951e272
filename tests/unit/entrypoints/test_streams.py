import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.errors import StaleLead, Throttled
from coldframe.domain.touchpoint import Touchpoint
from coldframe.entrypoints.streams import each_decision, each_touchpoint

EVENTS = Path(__file__).parents[3] / "events" / "stream"


def event(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return told


class Parking:
    """Of the port Touchpoints, what a reader of the stream needs."""

    def __init__(self) -> None:
        self.parked: list[tuple[str, str]] = []

    def append(self, touchpoint: Touchpoint) -> bool:
        raise NotImplementedError

    def quarantine(self, touchpoint: Touchpoint, *, until: datetime) -> bool:
        raise NotImplementedError

    def get(self, lead: str, touchpoint: str) -> Touchpoint | None:
        raise NotImplementedError

    def since(self, lead: str, at: datetime) -> list[Touchpoint]:
        raise NotImplementedError

    def scrub(self, *_: object) -> None:
        raise NotImplementedError

    def forget(self, touchpoint: Touchpoint) -> None:
        raise NotImplementedError

    def put_aside(self, touchpoint: Touchpoint, suspect: Touchpoint, *, until: datetime) -> None:
        raise NotImplementedError

    def park(self, touchpoint: Touchpoint, error: str) -> None:
        self.parked.append((touchpoint.id, error))


def raising(error: Exception) -> Callable[[Touchpoint], None]:
    def react(_: Touchpoint) -> None:
        raise error

    return react


def test_a_touchpoint_is_read_as_it_was_written() -> None:
    read: list[Touchpoint] = []

    answer = each_touchpoint(Parking())(read.append)(event("touchpoint"), None)

    assert answer == {"batchItemFailures": []}
    assert read[0].lead == "08de65b68f1c31f711ed9d2bbb"
    assert read[0].data["fields"]["first_name"] == "Ada"


def test_a_decision_is_read_as_it_was_written() -> None:
    read: list[Decision] = []

    each_decision(Parking())(read.append)(event("decision"), None)

    assert read[0].kind is DecisionKind.ENROL
    assert read[0].id.endswith("#enrol#welcome")


def test_a_poisoned_record_is_parked_and_the_rest_goes_on() -> None:
    parking, read = Parking(), list[Touchpoint]()

    answer = each_touchpoint(parking)(read.append)(event("touchpoint_poisoned"), None)

    assert answer == {"batchItemFailures": []}
    assert parking.parked == [("2026-11-20#00000000000000000000000000", "KeyError")]
    assert len(read) == 1


def test_what_the_reaction_can_not_bear_is_parked_by_its_class_name_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parking = Parking()

    answer = each_touchpoint(parking)(raising(ValueError("ada@example.com")))(
        event("touchpoint"), None
    )

    assert answer == {"batchItemFailures": []}
    assert [error for _, error in parking.parked] == ["ValueError"]
    told = capsys.readouterr().out
    assert '"Parked":1' in told
    assert "ada@" not in told


@pytest.mark.parametrize("error", [Throttled("ThrottlingException"), StaleLead("l")])
def test_a_passing_fault_brings_the_record_again(error: Exception) -> None:
    parking = Parking()

    answer = each_touchpoint(parking)(raising(error))(event("touchpoint"), None)

    number = event("touchpoint")["Records"][0]["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": number}]}
    assert not parking.parked


def test_what_follows_a_passing_fault_waits_for_its_turn() -> None:
    asked: list[str] = []

    def react(touchpoint: Touchpoint) -> None:
        asked.append(touchpoint.id)
        raise Throttled("ThrottlingException")

    first, second = event("touchpoint"), event("touchpoint")
    second["Records"][0]["dynamodb"]["SequenceNumber"] = "2"
    both = {"Records": [*first["Records"], *second["Records"]]}

    answer = each_touchpoint(Parking())(react)(both, None)

    number = first["Records"][0]["dynamodb"]["SequenceNumber"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": number}]}
    assert len(asked) == 1


def test_a_fault_leaves_nothing_behind_for_the_next_batch() -> None:
    errors: list[Exception] = [StaleLead("l")]

    def react(_: Touchpoint) -> None:
        if errors:
            raise errors.pop()

    handler = each_touchpoint(Parking())(react)
    handler(event("touchpoint"), None)

    assert handler(event("touchpoint"), None) == {"batchItemFailures": []}


def test_what_can_not_even_be_parked_fails_the_whole_batch() -> None:
    class Full(Parking):
        def park(self, touchpoint: Touchpoint, error: str) -> None:
            raise PermissionError(touchpoint.id, error)

    handler = each_touchpoint(Full())(raising(ValueError("v")))

    with pytest.raises(PermissionError):
        handler(event("touchpoint"), None)


def test_a_record_that_has_to_come_again_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    each_touchpoint(Parking())(raising(Throttled("rate")))(event("touchpoint"), None)

    assert '"Again":1' in capsys.readouterr().out
