"""What is known of those who visit the client's pages, before and after they have a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.domain.visitor import Identified, Name


class Visits(Protocol):
    def put(self, visit: Touchpoint, *, until: datetime) -> bool:
        """One conditional put; gone at ``until``. False: it stood there already."""


class Visitors(Protocol):
    def identified(self, visitor: str) -> Identified | None:
        """Read consistently."""

    def identify(self, visitor: str, person: Sequence[str], name: Name) -> Identified:
        """The person's, by the first of its identities, if it is nobody's yet; whose it is comes
        back.

        Its own visitor may become its own from earlier on. Another person's is closed at the
        name's instant: from then on what it does is nobody's.
        """

    def visits(self, visitor: str, *, most: int) -> Sequence[Touchpoint]:
        """Those that lie with the visitor still, the newest days first, read consistently."""

    def move(self, visit: Touchpoint, lead: str) -> None:
        """Under the lead, by the same id, for good; done again, nothing changes."""
