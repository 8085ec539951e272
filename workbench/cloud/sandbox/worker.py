"""A worker: one execution environment of one function, as its handler sees it."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
from typing import Any, TypedDict

from workbench.cloud.sandbox import wire
from workbench.cloud.sandbox.context import LambdaContext
from workbench.cloud.sandbox.handling import Handler, InitFailure, failure, load, marshal
from workbench.cloud.sandbox.instant import Instant


class Start(TypedDict):
    """What a worker is told when it is forked."""

    handler: str
    path: list[str]
    environ: dict[str, str]
    log: str


class Invocation(TypedDict):
    """One event, and what the context says about it."""

    event: str
    now: float
    seconds: float
    request_id: str
    arn: str


def work(channel: socket.socket, start: Start) -> None:
    """Load the handler, then answer invocations until the host closes the channel."""
    _take_over(start)
    instant = Instant()
    try:
        handler = load(start["handler"], instant)
    except InitFailure as problem:
        wire.write(channel, {"failed": problem.error})
        return
    wire.write(channel, {"ready": True})
    while True:
        try:
            invocation: Any = wire.read(channel)
        except wire.Closed:
            return
        wire.write(channel, invoke(handler, invocation, instant))


def invoke(handler: Handler, invocation: Invocation, instant: Instant) -> dict[str, Any]:
    """Run the handler once; what it raises is an answer, what ends the process is not."""
    instant.set(invocation["now"])
    context = LambdaContext(invocation["request_id"], invocation["arn"], invocation["seconds"])
    try:
        result = handler(json.loads(invocation["event"]), context)
        return {"result": marshal(result)}
    except Exception as problem:  # noqa: BLE001  # a handler may raise anything; it is the answer
        return {"error": failure(problem, invocation["request_id"])}
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _take_over(start: Start) -> None:
    """Make this process the function's: its environment, its paths, its log."""
    os.environ.clear()
    os.environ.update(start["environ"])
    sys.path[:0] = start["path"]
    log = os.open(start["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", closefd=False)
    lines = logging.StreamHandler(sys.stdout)
    lines.setFormatter(logging.Formatter("[%(levelname)s]\t%(asctime)s\t%(message)s"))
    logging.getLogger().addHandler(lines)
