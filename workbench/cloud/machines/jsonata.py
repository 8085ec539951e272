"""JSONata for the interpreter, which parses it but brings no evaluator of its own."""

from __future__ import annotations

import hashlib
import json
import math
import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jsonata  # type: ignore[import-untyped]  # it ships none
from moto.stepfunctions.parser.asl.component.intrinsic import jsonata as declarations
from moto.stepfunctions.parser.asl.eval import states, variable_store
from moto.stepfunctions.parser.asl.jsonata import jsonata as engine

from workbench.cloud.clock import VirtualClock
from workbench.cloud.hooks import Hooks

DIGESTS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
ENCODE = "c33b311faa45"


def install(hooks: Hooks, clock: VirtualClock) -> None:
    """Give the interpreter an evaluator, and Step Functions' own functions on the clock."""
    hooks.set(engine, "_eval_jsonata", evaluator(clock), expecting=None)
    hooks.set(declarations, "_DECLARATION_BY_VARIABLE_REFERENCE", {}, expecting=dict)
    for module in (engine, states, variable_store):
        hooks.replace(module, "encode_jsonata_variable_declarations", declare, anchor=ENCODE)


def declare(bindings: dict[str, Any]) -> str:
    """Variables as JSONata assignments; the interpreter's own version doesn't escape strings."""
    return "".join(f"{name}:={_literal(value)};" for name, value in bindings.items())


def evaluator(clock: VirtualClock) -> Callable[[str], Any]:
    functions = {**FUNCTIONS, "millis": lambda: int(clock.time() * 1000), "now": _now(clock)}

    def evaluate(expression: str) -> Any:
        try:
            parsed = jsonata.Jsonata.jsonata(expression)
            for name, function in functions.items():
                parsed.register_lambda(name, function)
            return parsed.evaluate(None, {})
        except Exception as problem:
            code = str(getattr(problem, "error", "UNKNOWN"))
            raise engine.JSONataException(code, str(problem)) from problem

    return evaluate


def _now(clock: VirtualClock) -> Callable[..., str]:
    def now(picture: str | None = None, zone: str | None = None) -> str:
        if picture is None:
            return _iso(clock.time())
        asked = ", ".join(json.dumps(part) for part in (picture, zone) if part is not None)
        text = f"$fromMillis({int(clock.time() * 1000)}, {asked})"
        return str(jsonata.Jsonata.jsonata(text).evaluate(None, {}))

    return now


def _iso(epoch: float) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _literal(value: Any) -> str:
    return json.dumps(value, default=str)


def _partition(items: Any, size: float) -> list[list[Any]]:
    items, size = (items if isinstance(items, list) else [items]), math.floor(size)
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


def _range(first: float, last: float, step: float) -> list[int]:
    start, stop, by = math.floor(first), math.floor(last), math.floor(step)
    return list(range(start, stop + (1 if by > 0 else -1), by))


def _hash(text: Any, algorithm: str) -> str:
    content = text if isinstance(text, str) else json.dumps(text)
    return hashlib.new(DIGESTS[algorithm], content.encode()).hexdigest()


def _random(seed: float | None = None) -> float:
    return random.Random(seed).random()  # noqa: S311  # no secret in AWS either


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "partition": _partition,
    "range": _range,
    "hash": _hash,
    "random": _random,
    "uuid": lambda: str(uuid.uuid4()),
    "parse": json.loads,
}
