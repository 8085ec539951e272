"""The emulator's modules: imported once, quietly, without the threads they start themselves."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import importlib
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from types import ModuleType
from typing import Any

STARTED_AT_IMPORT = {"_ttl_reaper"}


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the emulator's import from configuring logging or starting its expiry thread."""
    root, quiet = logging.getLogger(), logging.NullHandler()
    real_start = threading.Thread.start

    def start(thread: threading.Thread) -> None:
        target = getattr(thread, "_target", None)
        if getattr(target, "__name__", "") not in STARTED_AT_IMPORT:
            real_start(thread)

    root.addHandler(quiet)
    threading.Thread.start = start  # type: ignore[method-assign, assignment]  # while importing
    try:
        yield
    finally:
        threading.Thread.start = real_start  # type: ignore[method-assign]  # as it was
        root.removeHandler(quiet)


class JobStatus(Enum):
    """What the interpreter takes from AWS Batch."""

    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


@contextmanager
def _without_batch() -> Iterator[None]:
    """Spare the interpreter the model of EC2, which AWS Batch brings along: a second of import."""
    package, utils = ModuleType("moto.batch"), ModuleType("moto.batch.utils")
    vars(utils)["JobStatus"] = JobStatus
    lean = {"moto.batch": package, "moto.batch.utils": utils}
    added = {name: module for name, module in lean.items() if name not in sys.modules}
    sys.modules.update(added)
    try:
        yield
    finally:
        for name in added:
            del sys.modules[name]


def _module(name: str) -> Any:
    return importlib.import_module(f"ministack.{name}")


def _service(name: str) -> Any:
    return app._get_module(name)  # the registry that the emulator resets from


with _quietly():
    app: Any = _module("app")
    concurrency = _module("core.concurrency")
    iam_actions = _module("core.iam_actions")
    iam_evaluator = _module("core.iam_evaluator")
    lambda_runtime = _module("core.lambda_runtime")
    responses = _module("core.responses")
    provisioners = _module("services.cloudformation.provisioners")
    custom_resource = _module("services.cloudformation.custom_resource")
    apigateway = _service("apigateway")
    cloudwatch = _service("cloudwatch")
    cloudwatch_logs = _module("services.cloudwatch_logs")
    dynamodb = _service("dynamodb")
    dynamodb_streams = _module("services.dynamodb_streams")
    eventbridge = _service("eventbridge")
    lambda_svc = _service("lambda_svc")
    s3 = _service("s3")
    scheduler = _service("scheduler")
    secretsmanager = _service("secretsmanager")
    ses = _service("ses")
    ses_v2 = _service("ses_v2")
    sns = _service("sns")
    sqs = _service("sqs")
    stepfunctions = _service("stepfunctions")
    sts = _service("sts")

with _without_batch():
    importlib.import_module("moto.stepfunctions.parser.asl.parse.asl_parser")
