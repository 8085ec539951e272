"""Executions of state machines: started, stopped, told apart and counted as on AWS."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

from moto.stepfunctions.parser.asl.component.common.retry.retry_outcome import RetryOutcome
from moto.stepfunctions.parser.asl.component.state.exec.execute_state import ExecutionState
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.backend.execution_worker import SyncExecutionWorker
from moto.stepfunctions.parser.utils import TMP_THREADS

from workbench.cloud import emulated as em
from workbench.cloud.clock import SCOPE, VirtualClock
from workbench.cloud.hooks import Hooks
from workbench.cloud.machines.tokens import TaskTokens

Record = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]


class InThisThread(Execution):
    """An execution that runs where it is started, in the thread the emulator made for it."""

    def _get_start_execution_worker(self) -> Any:
        worker = super()._get_start_execution_worker()
        return SyncExecutionWorker(
            evaluation_details=worker._evaluation_details,
            exec_comm=worker._execution_communication,
            cloud_watch_logging_session=None,
            activity_store=self._activity_store,
        )


class Executions:
    """Takes the place of the emulator's own interpreter; its records stay the emulator's."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._live: dict[str, Execution] = {}
        self._retries: Counter[str] = Counter()
        self.tokens = TaskTokens()

    def install(self, hooks: Hooks) -> None:
        sfn = em.stepfunctions
        hooks.replace(sfn, "_run_execution", self._run, anchor="996dff84e0e0")
        self._start = hooks.replace(sfn, "_start_execution", self.start, anchor="9923282fc76c")
        self._stop = hooks.replace(sfn, "_stop_execution", self.stop, anchor="44d2d84ccd5c")
        self._history = hooks.replace(
            sfn, "_get_execution_history", self.history, anchor="e865bdd85d5d"
        )
        self._retry = hooks.replace(
            ExecutionState, "_handle_retry", self._counted_retry(), anchor="1fe79d82364a"
        )
        self.tokens.install(hooks)

    def transitions(self, execution_arn: str) -> int:
        """State transitions billed so far: states entered and retries."""
        record = em.stepfunctions._executions.get(execution_arn)
        self._refresh(execution_arn)
        entered = sum("stateEnteredEventDetails" in event for event in record["events"])
        return entered + self._retries[execution_arn]

    def total_transitions(self) -> int:
        arns = [record["executionArn"] for record in em.stepfunctions._executions._data.values()]
        return sum(self.transitions(arn) for arn in arns)

    def start(self, data: Record) -> Answer:
        """Starting what already runs, by the same name with the same input, is no error."""
        sfn = em.stepfunctions
        machine = sfn._state_machines.get(sfn._resolve_state_machine_arn(data["stateMachineArn"]))
        if machine and data.get("name"):
            arn = f"{machine['stateMachineArn'].replace(':stateMachine:', ':execution:')}"
            twin = sfn._executions.get(f"{arn}:{data['name']}")
            if twin and twin["status"] == "RUNNING" and twin["input"] == data.get("input", "{}"):
                return _json({"executionArn": twin["executionArn"], "startDate": twin["startDate"]})
        answer: Answer = self._start(data)
        return answer

    def stop(self, data: Record) -> Answer:
        """Ends the execution, what it waits for, and the tokens it gave out."""
        arn = data.get("executionArn", "")
        self._refresh(arn)
        answer: Answer = self._stop(data)
        live = self._live.pop(arn, None) if answer[0] == HTTPStatus.OK else None
        if live and live.exec_worker and live.exec_worker.env:
            live.exec_worker.env.set_stop(
                stop_date=self._clock.now(), cause=data.get("cause"), error=data.get("error")
            )
        if answer[0] == HTTPStatus.OK:
            self.tokens.revoke(arn)
            self._clock.call_off(arn)
        return answer

    def history(self, data: Record) -> Answer:
        self._refresh(data.get("executionArn", ""))
        answer: Answer = self._history(data)
        return answer

    def _run(self, arn: str) -> None:
        record = em.stepfunctions._executions.get(arn)
        if record["status"] != "RUNNING":
            return
        SCOPE.set(arn)
        execution = self._execution(record)
        self._live[arn] = execution
        try:
            execution.start()
        except Exception as problem:  # noqa: BLE001  # the interpreter's own bugs fail the execution
            em.stepfunctions._fail_execution(record, "States.Runtime", repr(problem))
            return
        finally:
            self._refresh(arn)
            self._live.pop(arn, None)
            self.tokens.revoke(arn)
            TMP_THREADS.clear()
        self._close(record, execution)

    def _close(self, record: Record, execution: Execution) -> None:
        if record["status"] != "RUNNING":
            return
        record["status"] = execution.status
        record["stopDate"] = em.responses.now_iso()
        if execution.status == "SUCCEEDED":
            record["output"] = json.dumps(execution.output)
        else:
            timed_out = execution.status == "TIMED_OUT"
            record["error"] = "States.Timeout" if timed_out else execution.error
            record["cause"] = execution.cause
        em.stepfunctions._emit_execution_status_event(record)

    def _execution(self, record: Record) -> Execution:
        machine = em.stepfunctions._state_machines.get(record["stateMachineArn"])
        _, _, _, region, account, *_ = machine["stateMachineArn"].split(":")
        return InThisThread(
            name=record["name"],
            sm_type=machine.get("type", "STANDARD"),
            role_arn=machine["roleArn"],
            exec_arn=record["executionArn"],
            account_id=account,
            region_name=region,
            state_machine=_machine(machine),
            start_date=self._clock.now(),
            cloud_watch_logging_session=None,
            activity_store={},
            input_data=record["input"],
        )

    def _refresh(self, arn: str) -> None:
        """Copy a running execution's events into the emulator's record."""
        live = self._live.get(arn)
        if live and live.exec_worker and live.exec_worker.env:
            events = live.to_history_output()["events"]
            em.stepfunctions._executions.get(arn)["events"] = [_plain(event) for event in events]

    def _counted_retry(self) -> Any:
        def handle(state: Any, env: Any, failure_event: Any) -> Any:
            outcome = self._retry(state, env, failure_event)
            if outcome == RetryOutcome.CanRetry:
                context = env.states.context_object.context_object_data
                self._retries[context["Execution"]["Id"]] += 1
            return outcome

        return handle


def _machine(record: Record) -> Any:
    """As much of a machine as an execution of moto's asks for."""
    return SimpleNamespace(
        arn=record["stateMachineArn"],
        name=record["name"],
        definition=record["definition"],
        sm_type=record.get("type", "STANDARD"),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.timestamp()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _json(content: Record) -> Answer:
    answer: Answer = em.responses.json_response(content)
    return answer
