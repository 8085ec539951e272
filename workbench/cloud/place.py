"""Tells the emulator at which port it lives, and puts our limits in the place of its own."""

from __future__ import annotations

import os

from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks

PORTS = (
    (em.apigateway, "_PORT"),
    (em.custom_resource, "_PORT"),
    (em.sns, "_PORT"),
    (em.sqs, "DEFAULT_PORT"),
)


def settle_in(hooks: Hooks, port: int) -> None:
    """Every URL the emulator makes names our port: an API's endpoint, a queue, a callback."""
    for module, name in PORTS:
        hooks.set(module, name, str(port), expecting=str)
    os.environ["GATEWAY_PORT"] = str(port)
