"""The local cloud: an AWS account in this process, on a clock that only moves when told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from workbench.cloud.access import ACCOUNT, REGION
from workbench.cloud.machinery import Machinery, Options
from workbench.cloud.mail.post import Post
from workbench.cloud.mail.receipt import Verdicts
from workbench.cloud.mail.ses import Faults
from workbench.cloud.meters.usage import Usage
from workbench.cloud.outside import Outside
from workbench.cloud.stacks.deploy import Deployer, Outputs
from workbench.cloud.web import Reply

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PATIENCE = 180.0


class LocalCloud:
    """One cloud per process at a time; whatever it starts ends with it."""

    def __init__(self, machinery: Machinery) -> None:
        self._machinery = machinery
        self._deployer = Deployer(machinery.endpoint, machinery.access.client)

    @classmethod
    def start(cls, at: datetime = START, **options: Any) -> Self:
        """Start at a given instant; `Options` says what else can be chosen."""
        return cls(Machinery(at, Options(**options)))

    def stop(self) -> None:
        self._machinery.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def endpoint(self) -> str:
        return self._machinery.endpoint

    def client(self, service: str, *, region: str = REGION, account: str = ACCOUNT) -> Any:
        """A boto3 client of the account's owner; its calls are billed to nobody."""
        return self._machinery.access.client(service, region=region, account=account)

    def deploy(self, assembly: Path | str, stacks: Iterable[str] | None = None) -> Outputs:
        """Create or update stacks of a synthesized assembly; outputs by stack name."""
        return self._deployer.deploy(Path(assembly), stacks)

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | str | None = None,
    ) -> Reply:
        """Open a URL as it stands in a mail or an output."""
        return self._machinery.web.request(method, url, headers, body)

    @property
    def sent(self) -> Post:
        """Every mail that SES accepted, and the way to make things happen to one."""
        return self._machinery.post

    def receive(
        self,
        raw: bytes,
        *,
        to: Iterable[str],
        sender: str = "",
        verdicts: Verdicts | None = None,
    ) -> list[str]:
        """A mail comes in from outside; receipts' ids. MailRefused when no receipt rule is for it.

        ``to`` and ``sender`` are the envelope's; a bounce has no sender.
        """
        return self._machinery.inbound.receive(raw, to, sender=sender, verdicts=verdicts)

    @property
    def outside(self) -> Outside:
        """The calls of journeys to other services; assign to its ``answer`` to refuse some."""
        return self._machinery.outside

    @property
    def faults(self) -> Faults:
        """What SES is asked to do wrong; assign a callable to change it."""
        return self._machinery.ses.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._machinery.ses.faults = faults

    @property
    def enforce_iam(self) -> bool:
        """Whether every call needs a grant of its caller's role."""
        return self._machinery.enforce_iam

    @enforce_iam.setter
    def enforce_iam(self, enforced: bool) -> None:
        self._machinery.enforce_iam = enforced

    def usage(self) -> Usage:
        """What the deployed code has used so far, in billed units."""
        return self._machinery.usage()

    def transitions(self, execution_arn: str) -> int:
        """State transitions billed for one execution so far: states entered and retries."""
        return self._machinery.executions.transitions(execution_arn)

    def logs(self, function_name: str) -> list[str]:
        """The newest lines a function wrote."""
        return list(self._machinery.lambdas.logs[function_name])

    def now(self) -> datetime:
        return self._machinery.clock.now()

    def next_deadline(self, *, but: str = "") -> datetime | None:
        """The next instant at which something happens by itself; schedules named so are not it."""
        due = self._machinery.next_deadline(but)
        return None if due is None else datetime.fromtimestamp(due, UTC)

    def settle(self, timeout: float = PATIENCE) -> None:
        """Return when nothing is in flight any more; time does not pass."""
        with self._machinery.moving:
            self._machinery.settle(time.monotonic() + timeout)

    def advance(self, step: timedelta, timeout: float = PATIENCE) -> None:
        """Let so much time pass, stopping at every deadline on the way."""
        self.run_until(self.now() + step, timeout)

    def run_until(
        self,
        instant: datetime,
        timeout: float = PATIENCE,
        until: Callable[[], bool] = lambda: False,
    ) -> None:
        """Let time pass up to an instant, or until a condition holds after a deadline.

        `timeout` is the real time each settling may take.
        """
        target = instant.timestamp()
        with self._machinery.moving:
            while True:
                self._machinery.settle(time.monotonic() + timeout)
                due = self._machinery.next_deadline()
                if until():
                    return
                if due is None or due > target:
                    break
                self._machinery.move_to(due)
            self._machinery.move_to(target)
            self._machinery.settle(time.monotonic() + timeout)
