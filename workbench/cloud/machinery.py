"""Puts the parts of the local cloud together, and takes them apart again."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import shutil
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workbench.cloud import emulated as em
from workbench.cloud import http_api, place, virtual_time
from workbench.cloud.access import Access
from workbench.cloud.activity import Activity
from workbench.cloud.clock import VirtualClock
from workbench.cloud.gate import Gate
from workbench.cloud.hooks import Hooks
from workbench.cloud.lambdas import deliveries
from workbench.cloud.lambdas.host import LambdaHost, LogLine
from workbench.cloud.lambdas.packages import Packages
from workbench.cloud.lambdas.pool import WorkerPool
from workbench.cloud.lambdas.zygote import Zygote
from workbench.cloud.machines import creation, interpreter, jsonata
from workbench.cloud.machines.executions import Executions
from workbench.cloud.mail.inbound import Inbound
from workbench.cloud.mail.post import Post
from workbench.cloud.mail.ses import SendEmail
from workbench.cloud.meters.calls import Calls
from workbench.cloud.meters.units import RequestUnits
from workbench.cloud.meters.usage import Usage
from workbench.cloud.outside import Outside
from workbench.cloud.permissions import resources, sending, transport
from workbench.cloud.schedules.firing import Schedules
from workbench.cloud.schedules.rules import ScheduledRules
from workbench.cloud.server import LOOPBACK, Server
from workbench.cloud.signals import end_with_process
from workbench.cloud.sources import queues
from workbench.cloud.sources.expiry import Expiry
from workbench.cloud.sources.pump import Pump
from workbench.cloud.sources.streams import Streams
from workbench.cloud.stacks import alarms, secrets, stand_ins
from workbench.cloud.stdlib import VirtualStdlib
from workbench.cloud.web import Web

PRELOADED = ("boto3", "botocore.client", "botocore.endpoint", "botocore.paginate")


@dataclass(frozen=True, kw_only=True)
class Options:
    """What may be chosen about a cloud."""

    port: int = 0
    enforce_iam: bool = False
    workers_per_function: int = 2
    warm_workers: int = 24
    preload: tuple[str, ...] = PRELOADED
    on_log: LogLine | None = None


class AlreadyRunning(RuntimeError):
    """The emulator's state is the process's: one cloud at a time."""


class Machinery:
    """The running parts."""

    _running = threading.Lock()

    def __init__(self, at: datetime, options: Options) -> None:
        if not self._running.acquire(blocking=False):
            raise AlreadyRunning("a local cloud already runs in this process")
        self._ending = ExitStack()
        self._ending.callback(self._running.release)
        self._ending.callback(end_with_process(self.stop))
        self.moving = threading.RLock()
        self.options = options
        try:
            self._build(at)
            self._start()
        except BaseException:
            self.stop()
            raise

    @property
    def endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.server.port}"

    @property
    def enforce_iam(self) -> bool:
        return bool(em.app.AUTH)

    @enforce_iam.setter
    def enforce_iam(self, enforced: bool) -> None:
        em.app.AUTH = enforced

    def stop(self) -> None:
        """End everything, in the reverse order of its start."""
        self._ending.close()

    def settle(self, give_up: float) -> None:
        """Return when nothing is in flight; `give_up` is monotonic time."""
        while True:
            mark = self.activity.wait_idle(give_up)
            if not self.pump.turn() and self.activity.unchanged(mark):
                return

    def usage(self) -> Usage:
        return Usage(
            calls=self.calls.counted.copy(),
            write_units=self.units.written,
            read_units=self.units.read,
            mails=self.post.accepted,
            mail_requests=self.post.requests,
            invocations=self.lambdas.invocations.copy(),
            transitions=self.executions.total_transitions(),
            logged=self.lambdas.logged,
        )

    def next_deadline(self, but: str = "") -> float | None:
        now = self.clock.time()
        dues = (
            self.clock.next_deadline(),
            queues.next_deadline(now),
            self.streams.next_deadline(now),
            self.schedules.next_deadline(but),
            self.rules.next_deadline(),
        )
        return min((due for due in dues if due is not None), default=None)

    def move_to(self, instant: float) -> None:
        """Set the clock; whatever that makes due begins."""
        self.clock.move_to(instant)
        self.schedules.fire()
        self.rules.fire()
        self.expiry.sweep()

    def _build(self, at: datetime) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="coldframe-cloud-"))
        self._ending.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.activity = Activity()
        self.clock = VirtualClock(at, self.activity)
        self.stdlib = VirtualStdlib(self.clock, self.activity)
        self.hooks = Hooks()
        self._ending.callback(self.hooks.undo)
        self._ending.callback(em.app._reset_all_state)
        self.gate = Gate(self.activity)
        self.outside = Outside(self.gate)
        self.server = Server(self.outside, self.options.port)
        self.access = Access(self.endpoint)
        self.web = Web(self.server.port)
        self._build_services()

    def _build_services(self) -> None:
        self.executions = Executions(self.clock)
        self.streams = Streams(self.clock, self.stdlib)
        self.schedules = Schedules(self.clock, self.stdlib, self.access.as_role)
        self.rules = ScheduledRules(self.clock)
        self.expiry = Expiry(self.clock)
        self.post = Post(self.clock, self.stdlib)
        self.inbound = Inbound(self.clock)
        self.calls = Calls()
        self.gate.taps.append(self.calls)
        self.units = RequestUnits()
        self.ses = SendEmail(self.clock, self.post)
        self.pump = Pump(self.activity, self.streams)
        self.lambdas = self._lambda_host()

    def _lambda_host(self) -> LambdaHost:
        options = self.options
        (logs := self.folder / "logs").mkdir()
        return LambdaHost(
            clock=self.clock,
            activity=self.activity,
            endpoint=self.endpoint,
            packages=Packages(self.folder / "code"),
            pool=WorkerPool(options.workers_per_function, options.warm_workers),
            zygote=Zygote(options.preload, self.folder),
            log_folder=logs,
            on_log=options.on_log,
        )

    def _start(self) -> None:
        self._ending.callback(self.stdlib.join_threads)
        self._ending.callback(self.lambdas.stop)
        self._ending.callback(self.clock.stop)
        place.settle_in(self.hooks, self.server.port)
        self.hooks.set(em.app, "AUTH", self.options.enforce_iam, expecting=bool)
        virtual_time.use_virtual_time(self.hooks, self.stdlib)
        jsonata.install(self.hooks, self.clock)
        interpreter.install(self.hooks, self.clock, self.stdlib, self.access.for_state)
        for module in (
            stand_ins,
            secrets,
            alarms,
            creation,
            http_api,
            deliveries,
            sending,
            transport,
        ):
            module.install(self.hooks)
        resources.install(self.hooks, self.executions.tokens.machine_of)
        for part in (self.executions, self.lambdas, self.pump, self.ses, self.inbound, self.units):
            part.install(self.hooks)
        self.server.start()
        self._ending.callback(self.server.stop)
        self.pump.start()
        self._ending.callback(self.pump.stop)
