"""Whose turn it is to send."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.allowance import Allowance, Turn


class Turns(Protocol):
    def allowance(self) -> Allowance | None:
        """What the client may send; None: as fast as it comes."""

    def take(self, *, requested: bool) -> Turn | None:
        """The next turn, which is nobody else's from now on; None: no rate is named.

        StaleLead: too many took one at once.
        """

    def rest_until(self, at: datetime) -> None:
        """Sleep: the turn comes within seconds."""
