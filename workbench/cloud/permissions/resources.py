"""What a call is about, where the emulator asks for a grant on everything or on a wrong place."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks

Record = dict[str, Any]
MachineOf = Callable[[str], str | None]
"""The state machine whose execution a task token belongs to."""


def install(hooks: Hooks, machine_of: MachineOf) -> None:
    original = em.iam_actions.extract_resource_arn

    def extract(  # noqa: PLR0917 - the emulator's own parameters
        service: str,
        method: str,
        path: str,
        headers: Record,
        body: bytes,
        query: Record,
        *rest: Any,
    ) -> str:
        found = str(original(service, method, path, headers, body, query, *rest))
        if service == "states" and found == "*":
            return machine_of(_field(body, "taskToken")) or found
        if service == "scheduler" and ":schedule/default/" in found:
            group = _group(body, query)
            return found.replace(":schedule/default/", f":schedule/{group}/")
        return found

    hooks.replace(em.iam_actions, "extract_resource_arn", extract, anchor="82f51700695c")


def _group(body: bytes, query: Record) -> str:
    """A schedule's group stands in the query of a read and in the body of a write."""
    asked = query.get("groupName") or _field(body, "GroupName") or "default"
    return str(asked[0] if isinstance(asked, list) else asked)


def _field(body: bytes, name: str) -> str:
    try:
        data = json.loads(body or b"{}")
    except ValueError:
        return ""
    return str(data.get(name) or "") if isinstance(data, dict) else ""
