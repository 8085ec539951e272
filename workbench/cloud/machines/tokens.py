"""Task tokens: who waits for them, and what the senders of a dead one are told."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import json
from typing import Any

from moto.stepfunctions.parser.asl.eval.callback.callback import (
    CallbackEndpoint,
    CallbackOutcomeFailure,
    CallbackOutcomeSuccess,
    CallbackPoolManager,
)

from workbench.cloud import emulated as em
from workbench.cloud.clock import SCOPE
from workbench.cloud.hooks import Hooks

Record = dict[str, Any]
SHORTEST_TOKEN = 30
GONE = "Task Timed Out: 'Provided task does not exist anymore'"


class TaskTokens:
    """Every token given out in this cloud, with its execution and the task that waits."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[str | None, CallbackEndpoint]] = {}
        self._spent: set[str] = set()
        self._executions: dict[str, str] = {}

    def machine_of(self, token: str) -> str | None:
        """The state machine that gave the token out, however long ago."""
        execution = self._executions.get(token)
        if execution is None:
            return None
        return execution.replace(":execution:", ":stateMachine:").rpartition(":")[0]

    def install(self, hooks: Hooks) -> None:
        sfn = em.stepfunctions
        add = hooks.replace(CallbackPoolManager, "add", self._remembering(), anchor="642af2a3229b")
        self._add = add
        hooks.replace(sfn, "_send_task_success", self.succeed, anchor="12eff48bce57")
        hooks.replace(sfn, "_send_task_failure", self.fail, anchor="c2a489b4ed33")
        hooks.replace(sfn, "_send_task_heartbeat", self.beat, anchor="56879a4655d1")

    def succeed(self, data: Record) -> Any:
        token, output = data.get("taskToken") or "", data.get("output", "{}")
        try:
            json.loads(output)
        except ValueError:
            return _refusal("InvalidOutput", f"Invalid Output: '{output[:100]}'")
        return self._notify(token, CallbackOutcomeSuccess(callback_id=token, output=output))

    def fail(self, data: Record) -> Any:
        token = data.get("taskToken") or ""
        outcome = CallbackOutcomeFailure(
            callback_id=token, error=data.get("error"), cause=data.get("cause")
        )
        return self._notify(token, outcome)

    def beat(self, data: Record) -> Any:
        token = data.get("taskToken") or ""
        if (refusal := self._refused(token)) is not None:
            return refusal
        self._waiting[token][1].notify_heartbeat()
        return em.responses.json_response({})

    def revoke(self, execution_arn: str) -> None:
        """The execution is over: its tokens are worth nothing any more."""
        for token, (owner, _) in list(self._waiting.items()):
            if owner == execution_arn:
                self._spent.add(token)
                del self._waiting[token]

    def _notify(self, token: str, outcome: Any) -> Any:
        if (refusal := self._refused(token)) is not None:
            return refusal
        self._waiting[token][1].notify(outcome)
        return em.responses.json_response({})

    def _refused(self, token: str) -> Any:
        if token in self._spent:
            return _refusal("TaskTimedOut", GONE)
        if token not in self._waiting:
            if len(token) < SHORTEST_TOKEN:
                return _refusal("InvalidToken", "Invalid Token: 'Invalid token'")
            return _refusal("TaskDoesNotExist", "Task does not exist")
        endpoint = self._waiting[token][1]
        over = endpoint._notify_event.is_set() or endpoint.get_outcome() is not None
        return _refusal("TaskTimedOut", GONE) if over else None

    def _remembering(self) -> Any:
        def add(pool: Any, callback_id: str) -> CallbackEndpoint:
            endpoint: CallbackEndpoint = self._add(pool, callback_id)
            owner = SCOPE.get()
            self._waiting[callback_id] = (owner, endpoint)
            if owner is not None:
                self._executions[callback_id] = owner
            return endpoint

        return add


def _refusal(code: str, message: str) -> Any:
    return em.responses.error_response_json(code, message, 400)
