"""moto's state machine interpreter on the virtual clock, calling the emulator's services."""

from __future__ import annotations

import datetime as dt
import sys
import threading
import time
from collections.abc import Callable
from functools import partial, partialmethod
from types import ModuleType
from typing import Any

from moto.stepfunctions.parser.api import HistoryEventType
from moto.stepfunctions.parser.asl.component.common.assign.assign_decl import AssignDecl
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.eval_component import EvalComponent
from moto.stepfunctions.parser.asl.component.program.program import Program
from moto.stepfunctions.parser.asl.component.state import state as state_module
from moto.stepfunctions.parser.asl.component.state.exec import execute_state
from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration import (
    inline_iteration_component,
    job,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_parallel import (
    branch_worker,
    branches_decl,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import (
    state_task_service_callback,
)
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.timestamp import Timestamp
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import (
    WaitFunction,
)
from moto.stepfunctions.parser.asl.eval import environment
from moto.stepfunctions.parser.asl.eval.callback import callback
from moto.stepfunctions.parser.asl.eval.event import event_manager
from moto.stepfunctions.parser.asl.eval.program_state import ProgramTimedOut
from moto.stepfunctions.parser.backend import execution, execution_worker

from workbench.cloud.clock import SCOPE, CalledOff, Event, VirtualClock
from workbench.cloud.hooks import Hooks
from workbench.cloud.machines import definitions
from workbench.cloud.stdlib import VirtualStdlib

WITH_THREADS = (
    environment,
    execute_state,
    inline_iteration_component,
    job,
    branch_worker,
    branches_decl,
    state_task_service_callback,
)
WITH_TIME = (retrier_decl, state_task_service_callback)
WITH_DATETIME = (execution, event_manager, state_module)
INTERPRETER = "moto.stepfunctions.parser.asl."
PENDING = "assigned_in_this_state"
"""Where a state's new variables wait until its output has been computed without them."""

ClientFor = Callable[..., Any]


def install(hooks: Hooks, clock: VirtualClock, stdlib: VirtualStdlib, clients: ClientFor) -> None:
    """Put the interpreter on our clock, our threads, our parser cache and our clients."""
    for module in WITH_THREADS:
        hooks.set(module, "threading", stdlib.threading, expecting=threading)
    for module in WITH_TIME:
        hooks.set(module, "time", stdlib.time, expecting=time)
    for module in WITH_DATETIME:
        hooks.set(module, "datetime", stdlib.datetime, expecting=dt)
    hooks.set(execute_state, "Thread", stdlib.thread, expecting=threading.Thread)
    hooks.set(callback, "Event", lambda: Event(clock), expecting=threading.Event)
    hooks.replace(Program, "eval", partialmethod(_run_program, clock), anchor="6d701880064a")
    hooks.replace(
        WaitFunction, "_wait_interval", partialmethod(_wait, clock), anchor="8f954dee8037"
    )
    hooks.replace(
        Timestamp, "_get_wait_seconds", partialmethod(_seconds_until, clock), anchor="611d040940ad"
    )
    hooks.replace(
        execution_worker.ExecutionWorker,
        "_get_evaluation_entrypoint",
        _cached_program,
        anchor="2b25949ae855",
    )
    _assign_after_output(hooks)
    for module in _modules_with_clients():
        hooks.replace(module, "boto_client_for", clients, anchor="1f44dc2ac8aa")


def _run_program(self: Any, clock: VirtualClock, env: Any) -> None:
    """A machine's own time limit calls off what it sleeps on; no second thread watches it."""
    limit = self.timeout_seconds
    scope = SCOPE.get()
    env.next_state_name = self.start_at.start_at_name
    if limit and scope:
        due = clock.time() + limit.timeout_seconds
        clock.call_at(due, partial(_time_out, clock, env, scope), env.is_running)
    try:
        EvalComponent.eval(self, env)
    except CalledOff:
        if not isinstance(env.program_state(), ProgramTimedOut):
            raise
        env.event_manager.add_event(
            context=env.event_history_context,
            event_type=HistoryEventType.ExecutionTimedOut,
            event_details={"executionTimedOutEventDetails": {}},
        )


def _time_out(clock: VirtualClock, env: Any, scope: str) -> None:
    env.set_timed_out()
    clock.call_off(scope)


def _wait(_self: Any, clock: VirtualClock, env: Any, wait_seconds: float) -> None:
    until = clock.time() + wait_seconds
    while env.is_running() and clock.time() < until:
        env.program_state_event.wait(until - clock.time())


def _seconds_until(self: Any, clock: VirtualClock, env: Any) -> float:
    """How long until the instant, to the fraction; the interpreter's own would wake early."""
    self.string.eval(env=env)
    text: str = env.stack.pop()
    if self._from_timestamp_string(timestamp=text) is None:
        raise FailureEventException(self._create_failure_event(env, text))
    return dt.datetime.fromisoformat(text).timestamp() - clock.time()


def _cached_program(self: Any) -> Any:
    return definitions.program(self._evaluation_details.state_machine_details.definition)


def _assign_after_output(hooks: Hooks) -> None:
    """Let Assign and Output see the same variables, as on AWS."""

    def assign(self: Any, env: Any) -> None:
        pending = env.__dict__.setdefault(PENDING, {})
        for binding in self.declaration_bindings:
            binding.eval(env=env)
            pending.update(env.stack.pop())

    def exited(self: Any, env: Any) -> Any:
        for name, value in env.__dict__.pop(PENDING, {}).items():
            env.variable_store.set(variable_identifier=name, variable_value=value)
        return details(self, env)

    state_class = state_module.CommonStateField
    hooks.replace(AssignDecl, "_eval_body", assign, anchor="652b8326e85d")
    details = hooks.replace(
        state_class, "_get_state_exited_event_details", exited, anchor="82ead97874bb"
    )


def _modules_with_clients() -> list[ModuleType]:
    loaded = [module for name, module in sys.modules.items() if name.startswith(INTERPRETER)]
    return [module for module in loaded if "boto_client_for" in vars(module)]
