"""Topics and buses invoke functions asynchronously: with Lambda's own retries and destinations."""

from __future__ import annotations

import json
from typing import Any

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks


def install(hooks: Hooks) -> None:
    hooks.replace(em.eventbridge, "_dispatch_to_lambda", from_bus, anchor="1f95adbaed3a")
    hooks.replace(em.sns, "_deliver_to_lambda", from_topic, anchor="aa6b8a8c312e")


def from_bus(arn: str, payload: str) -> None:
    _invoke(arn, json.loads(payload))


def from_topic(arn: str, envelope: str, _topic: str, subscription: str, *_rest: Any) -> None:
    record = {
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription,
        "EventSource": "aws:sns",
        "Sns": json.loads(envelope),
    }
    _invoke(arn, {"Records": [record]})


def _invoke(arn: str, event: Any) -> None:
    function, config, name = em.lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        em.lambda_svc.logger.error("no function %s to deliver an event to", name)
        return
    record = em.lambda_svc._execution_record_for_config(function, config)
    em.lambda_svc.invoke_async_with_retry(record, event)
