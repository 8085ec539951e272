"""A function as Lambda loads it: its handler imported anew, from its environment."""

import gc
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from coldframe.adapters.alarm import ScheduledSweep
from coldframe.adapters.surges import DynamoSurges


def load(name: str) -> ModuleType:
    module = f"functions.{name}.handler"
    sys.modules.pop(module, None)
    return import_module(module)


class Context:
    """What Lambda tells a function of its invocation."""

    aws_request_id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"

    def __init__(self, seconds: float = 300.0) -> None:
        self.seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds * 1000)


class Functions:
    """All functions of a client, each loaded once, as in a warm container."""

    def __init__(self) -> None:
        self._loaded: dict[str, ModuleType] = {}
        self.running = ""

    def rest(self) -> None:
        """So long that nothing read before is gone by."""
        for each in gc.get_objects():
            if isinstance(each, DynamoSurges):
                each._read_at = None

    def forget_alarms(self) -> None:
        """Their table was emptied under them, which no container lives to see."""
        for each in gc.get_objects():
            if isinstance(each, ScheduledSweep):
                each._met.clear()

    def __call__(self, name: str, event: dict[str, Any]) -> dict[str, Any]:
        if name not in self._loaded:
            self._loaded[name] = load(name)
        self.running = name
        answer: dict[str, Any] = self._loaded[name].handler(event, Context())
        return answer
