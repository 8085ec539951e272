"""For policies that insist on TLS, the local wire is as good as it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

# the emulators' inner parts are what this is about
from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks
from workbench.cloud.server import LOOPBACK


def install(hooks: Hooks) -> None:
    """Every call, and every delivery between services, counts as made by TLS."""
    origin: ContextVar[Any] = ContextVar("origin", default=(LOOPBACK, True))

    def pin(address: str, *_secure: bool) -> None:
        origin.set((address, True))

    hooks.set(em.iam_evaluator, "_request_origin", origin, expecting=ContextVar)
    hooks.replace(em.app, "pin_request_origin", pin, anchor="de819c1bd9ac")
