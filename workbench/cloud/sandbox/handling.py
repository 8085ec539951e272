"""Loading a handler, and turning what it returns or raises into what Lambda answers."""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from workbench.cloud.sandbox.instant import Instant

Handler = Callable[[Any, Any], Any]
OURS = str(Path(__file__).parent)


class InitFailure(Exception):
    """The function could not be loaded; `error` is the answer to the invocation."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["errorMessage"])
        self.error = error


class MarshalError(Exception):
    """What the handler returned is not JSON."""


def load(handler: str, instant: Instant) -> Handler:
    """Import `module.function`, with the application's clock taken over first."""
    module_name, _, name = handler.rpartition(".")
    try:
        instant.take_over()
        module = importlib.import_module(module_name.replace("/", "."))
        found: Handler = getattr(module, name)
    except ImportError as problem:
        text = f"Unable to import module '{module_name}': {problem}"
        raise InitFailure(_error("Runtime.ImportModuleError", text, _frames(problem))) from problem
    except AttributeError as problem:
        if problem.obj is not sys.modules.get(module_name.replace("/", ".")):
            raise InitFailure(failure(problem, "")) from problem
        text = f"Handler '{name}' missing on module '{module_name}'"
        raise InitFailure(_error("Runtime.HandlerNotFound", text, [])) from problem
    except Exception as problem:
        raise InitFailure(failure(problem, "")) from problem
    return found


def marshal(result: Any) -> str:
    """The handler's result as JSON text; Decimals become numbers, as in Lambda's own runtime."""
    try:
        return json.dumps(result, default=_number)
    except (TypeError, ValueError) as problem:
        raise MarshalError(f"Unable to marshal response: {problem}") from problem


def failure(problem: BaseException, request_id: str) -> dict[str, Any]:
    """Lambda's error object: the class's own name, the message, the frames of the handler."""
    marshalling = isinstance(problem, MarshalError)
    kind = "Runtime.MarshalError" if marshalling else type(problem).__name__
    error = _error(kind, str(problem), [] if marshalling else _frames(problem))
    return {**error, "requestId": request_id} if request_id else error


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _frames(problem: BaseException) -> list[str]:
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if not frame.filename.startswith(OURS)]
    return traceback.format_list(ours)


def _error(kind: str, message: str, frames: list[str]) -> dict[str, Any]:
    return {"errorMessage": message, "errorType": kind, "stackTrace": frames}
