"""How another command finds the town that `coldframe up` runs on this machine."""

import json
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """``pid`` is the process; ``window`` serves its pages, ``endpoint`` its services."""

    pid: int
    endpoint: str
    window: str
    region: str
    account: str
    agent: str
    """Marks calls of tools, so that they are billed to nobody."""

    def client(self, service: str) -> Any:
        import boto3
        from botocore.config import Config

        return boto3.client(  # type: ignore[call-overload]  # the name is a variable
            service,
            region_name=self.region,
            endpoint_url=self.endpoint,
            aws_access_key_id=self.account,
            aws_secret_access_key="test",  # noqa: S106 - the local cloud asks for any
            config=Config(user_agent_extra=self.agent, retries={"total_max_attempts": 1}),
        )

    def now(self) -> datetime:
        """The town's own clock."""
        with urllib.request.urlopen(f"{self.window}/now", timeout=10) as answer:  # noqa: S310 - our own page
            return datetime.fromisoformat(answer.read().decode())


@contextmanager
def announced(file: Path, town: Running) -> Iterator[None]:
    """Others find the town as long as this lasts."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(town)), encoding="utf-8")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def running(file: Path) -> Running | None:
    """None when nothing runs, also where a killed town left its announcement behind."""
    try:
        town = Running(**json.loads(file.read_text(encoding="utf-8")))
        os.kill(town.pid, 0)
        town.now()
    except (OSError, ValueError, TypeError):
        return None
    return town
