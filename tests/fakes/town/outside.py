"""What a fake client needs of its town."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from workbench.local.town import SentMail


class Outside(Protocol):
    def now(self) -> datetime: ...
    def at(self, when: datetime, do: Callable[[], None]) -> None: ...
    def deliver(self, mail: SentMail) -> None: ...
    def tell(self, client: str, text: str, lead: str = "") -> None: ...
