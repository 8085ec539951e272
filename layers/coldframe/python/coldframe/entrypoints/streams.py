"""Records of the table's stream, one at a time: a poisoned one is parked, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    FailureResponse,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from coldframe.adapters.attributes import Item, decoded_item
from coldframe.adapters.profiles import decision_of
from coldframe.adapters.touchpoints import touchpoint_of
from coldframe.domain.decision import Decision
from coldframe.domain.errors import StaleLead, Transient
from coldframe.domain.touchpoint import Touchpoint
from coldframe.entrypoints.observability import bug, fact

if TYPE_CHECKING:
    from coldframe.services.ports import Touchpoints

Read = TypeVar("Read", Touchpoint, Decision)
Failures = dict[str, list[dict[str, str]]]
Endpoint = Callable[[Any, Any], Failures]


def each_touchpoint(parking: Touchpoints) -> Callable[[Callable[[Touchpoint], None]], Endpoint]:
    return _each(touchpoint_of, parking)


def each_decision(parking: Touchpoints) -> Callable[[Callable[[Decision], None]], Endpoint]:
    return _each(decision_of, parking)


def told_of(touchpoint: Touchpoint, *, parked: str) -> None:
    """``parked``: the error that a touchpoint was parked with; empty when it was reacted to."""
    if parked:
        fact("parked", touchpoint=touchpoint.id, kind=touchpoint.kind, error=parked, Parked=1)
        return
    fact("reacted", touchpoint=touchpoint.id, kind=touchpoint.kind)


def tell_of_surge() -> None:
    fact("surge", Surge=1)


class StreamProcessor(BatchProcessor):
    """Lambda comes again from the first record that met a passing fault; what follows it waits."""

    def __init__(self) -> None:
        super().__init__(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)

    def process(self) -> list[tuple[Any, ...]]:
        done: list[tuple[Any, ...]] = []
        for record in self.records:
            done.append(self._process_record(record))
            if self.fail_messages:
                break
        return done

    def failure_handler(self, record: DynamoDBRecord, exception: Any) -> FailureResponse:  # noqa: ANN401 - sys.exc_info()
        """Any other error, that of parking itself, fails the whole batch: Lambda bisects it."""
        error = exception[1]
        if not isinstance(error, StaleLead | Transient):
            raise error
        number = record.raw_event["dynamodb"]["SequenceNumber"]
        fact("to be read again", error=type(error).__name__, record=number, Again=1)
        return super().failure_handler(record, exception)


def _each(
    read: Callable[[Item], Read], parking: Touchpoints
) -> Callable[[Callable[[Read], None]], Endpoint]:
    processor = StreamProcessor()

    def endpoint(handler: Callable[[Read], None]) -> Endpoint:
        def one(record: DynamoDBRecord) -> None:
            _one(record.raw_event, read, handler, parking)

        @wraps(handler)
        def reading(event: dict[str, Any], _context: object) -> Failures:
            answer = process_partial_response(event, one, processor)
            return cast("Failures", answer)

        return reading

    return endpoint


def _one(
    record: Mapping[str, Any],
    read: Callable[[Item], Read],
    handler: Callable[[Read], None],
    parking: Touchpoints,
) -> None:
    try:
        handler(read(decoded_item(record["dynamodb"]["NewImage"])))
    except (StaleLead, Transient):
        raise
    except Exception as error:  # noqa: BLE001 - parked and counted, whatever it was
        poisoned = _poisoned(record)
        parking.park(poisoned, type(error).__name__)
        bug(error, parked=poisoned.id, Parked=1)


def _poisoned(record: Mapping[str, Any]) -> Touchpoint:
    """What can be said of a record that may not even be readable: its keys."""
    keys = decoded_item(record["dynamodb"]["Keys"])
    written = record["dynamodb"].get("ApproximateCreationDateTime", 0)
    at = datetime.fromtimestamp(float(written), UTC)
    return Touchpoint(
        lead=keys["pk"].removeprefix("L#"),
        id=keys["sk"].removeprefix("T#"),
        kind="",
        occurred_at=at,
        received_at=at,
        source="stream",
    )
