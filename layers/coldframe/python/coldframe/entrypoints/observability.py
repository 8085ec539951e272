"""What a function tells about itself: one line of JSON per fact, fields and never sentences.

A line with a number under a capitalised name (``"Parked": 1``) is counted by a metric filter on
the function's log: metrics cost no library at a cold start and nothing while nobody counts them.
"""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

from coldframe.domain.errors import (
    Elapsed,
    Left,
    NotYet,
    Outdated,
    Parked,
    StaleLead,
    SuppressedContact,
    Transient,
)

Answer = TypeVar("Answer")
NAMED = (Elapsed, Left, NotYet, Outdated, Parked, StaleLead, SuppressedContact, Transient)
"""May leave a function: their text is an instant, an id or another error's name."""


class Unexpected(Exception):
    """Anything else that leaves a function: the text is its class, for a message may hold data."""


def fact(what: str, *, level: str = "INFO", **fields: object) -> None:
    """Ids, names and numbers only: no address and no name of a person is ever a field.

    Each function has a log of its own, so none says which it is.
    """
    line = {"level": level, "message": what, **fields}
    sys.stdout.write(json.dumps(line, default=str, separators=(",", ":")) + "\n")


def bug(error: BaseException, **fields: object) -> None:
    """Where it happened, frame by frame, and neither its message nor any local value."""
    frames = [f"{Path(at.filename).name}:{at.lineno} {at.name}" for at in _frames(error)]
    fact("unexpected", level="ERROR", error=_named(error), at=frames, **fields)


def _named(error: BaseException) -> str:
    """The class; of an AWS error also its code and operation, which hold no data."""
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        return type(error).__name__
    code = response.get("Error", {}).get("Code", "?")
    return f"{type(error).__name__} {code} {getattr(error, 'operation_name', '')}".rstrip()


def observed(
    handler: Callable[[Any, Any], Answer],
) -> Callable[[Any, Any], Answer]:
    """Counts the cold start; lets our named errors through and hides what others would tell."""
    cold = [True]

    @wraps(handler)
    def observing(event: Any, context: Any) -> Answer:  # noqa: ANN401 - AWS's event boundary
        if cold:
            cold.clear()
            fact("cold start", ColdStart=1)
        try:
            return handler(event, context)
        except NAMED as error:
            fact("refused", error=type(error).__name__)
            raise
        except Exception as error:  # noqa: BLE001 - raised again, without what it tells
            bug(error)
            raise Unexpected(type(error).__name__) from None

    return observing


def _frames(error: BaseException) -> list[Any]:
    return list(extract_tb(error.__traceback__))[-12:]
