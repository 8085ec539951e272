"""Runs Lambda functions: the one hook that takes the place of the emulator's own executor."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import json
import uuid
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.activity import Activity
from workbench.cloud.clock import VirtualClock
from workbench.cloud.hooks import Hooks
from workbench.cloud.lambdas.environment import environment, worker_key
from workbench.cloud.lambdas.packages import Packages
from workbench.cloud.lambdas.pool import WorkerPool
from workbench.cloud.lambdas.worker import Outcome, Worker
from workbench.cloud.lambdas.zygote import Zygote

LogLine = Callable[[str, str], None]
KEPT_LINES = 2000
LINE_OVERHEAD = 26
"""Bytes that CloudWatch adds to each log event when it counts what was taken in."""


@dataclass
class LambdaHost:
    """Functions as processes of this machine, at the clock's instant."""

    clock: VirtualClock
    activity: Activity
    endpoint: str
    packages: Packages
    pool: WorkerPool
    zygote: Zygote
    log_folder: Path
    on_log: LogLine | None = None
    invocations: Counter[str] = field(default_factory=Counter)
    logged: int = 0
    """Bytes, as CloudWatch counts them."""
    logs: dict[str, deque[str]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=KEPT_LINES))
    )

    def install(self, hooks: Hooks) -> None:
        hooks.replace(em.lambda_svc, "_execute_function_warm", self.execute, anchor="62b9218bef5b")

    def stop(self) -> None:
        self.pool.stop()
        self.zygote.stop()

    def execute(self, func: dict[str, Any], event: Any, request_id: str) -> dict[str, Any]:
        """One invocation, as the emulator asks for it and wants it answered."""
        config = func.get("config") or func
        name = config["FunctionName"]
        self.invocations[name] += 1
        with self.activity.work(f"Lambda {name}"):
            outcome = self._run(func, config, event, request_id)
        self._keep_log(name, outcome.log)
        if outcome.error is not None:
            return {"body": outcome.error, "error": True, "log": outcome.log}
        return {"body": json.loads(outcome.result or "null"), "log": outcome.log}

    def _run(
        self, func: dict[str, Any], config: dict[str, Any], event: Any, request: str
    ) -> Outcome:
        key = worker_key(config)
        invocation = {
            "event": json.dumps(event),
            "now": self.clock.time(),
            "seconds": float(config.get("Timeout") or 3),
            "request_id": request,
            "arn": config["FunctionArn"],
        }
        with self.pool.worker(key, lambda: self._fork(func, config)) as worker:
            outcome = worker.invoke(invocation)
            if not outcome.reusable:
                self.pool.lose(key, worker)
        return outcome

    def _fork(self, func: dict[str, Any], config: dict[str, Any]) -> Worker:
        task = self.packages.function(func["code_zip"])
        path = [task, *self._layer_paths(config.get("Layers") or [])]
        log = self.log_folder / f"{config['FunctionName']}-{uuid.uuid4().hex[:12]}.log"
        pid, channel = self.zygote.fork(
            {
                "handler": config["Handler"],
                "path": path,
                "environ": environment(config, self.endpoint, task),
                "log": str(log),
            }
        )
        return Worker(pid, channel, log)

    def _layer_paths(self, layers: Iterable[Any]) -> list[str]:
        """Of two layers with the same module the later one wins, as when unpacked to /opt."""
        paths: list[str] = []
        for attachment in layers:
            content = em.lambda_svc._resolve_layer_zip(attachment)
            if content:
                paths[:0] = self.packages.layer(content)
        return paths

    def _keep_log(self, name: str, text: str) -> None:
        for line in text.splitlines():
            self.logs[name].append(line)
            self.logged += len(line.encode()) + LINE_OVERHEAD
            if self.on_log:
                self.on_log(name, line)
