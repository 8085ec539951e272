"""Puts the emulator's services on the virtual clock."""

from __future__ import annotations

import datetime as dt
import threading
import time

from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks
from workbench.cloud.stdlib import VirtualStdlib

ON_VIRTUAL_TIME = (
    em.apigateway,
    em.cloudwatch,
    em.cloudwatch_logs,
    em.dynamodb,
    em.dynamodb_streams,
    em.eventbridge,
    em.lambda_svc,
    em.s3,
    em.scheduler,
    em.secretsmanager,
    em.ses,
    em.ses_v2,
    em.sns,
    em.sqs,
    em.stepfunctions,
)
WITH_DATETIME = (em.cloudwatch, em.eventbridge, em.lambda_svc, em.responses, em.scheduler)
WITH_THREADS = (
    em.cloudwatch_logs,
    em.concurrency,
    em.eventbridge,
    em.lambda_svc,
    em.s3,
    em.stepfunctions,
)


def use_virtual_time(hooks: Hooks, stdlib: VirtualStdlib) -> None:
    """Give every service of the emulator our `time`, `datetime` and `threading`."""
    for module in ON_VIRTUAL_TIME:
        hooks.set(module, "time", stdlib.time, expecting=time)
    for module in WITH_DATETIME:
        hooks.set(module, "datetime", stdlib.datetime_class, expecting=dt.datetime)
    for module in WITH_THREADS:
        hooks.set(module, "threading", stdlib.threading, expecting=threading)
    hooks.set(em.sns, "_threading", stdlib.threading, expecting=threading)
    hooks.set(em.lambda_svc, "_LAMBDA_STATE_TRANSITION_DELAY", 0, expecting=0.5)
    hooks.set(em.lambda_svc, "_LAMBDA_ASYNC_RETRY_BASE_SECONDS", 60.0, expecting=float)
    hooks.set(em.lambda_svc, "_LAMBDA_ASYNC_RETRY_MAX_SECONDS", 120.0, expecting=float)
    hooks.set(em.lambda_svc, "_ESM_BACKOFF_SECONDS", 0.0, expecting=1.0)
    hooks.set(em.lambda_svc, "_ACCOUNT_CONCURRENCY_CAP", 0, expecting=int)
