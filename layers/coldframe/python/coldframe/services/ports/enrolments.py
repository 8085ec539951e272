"""Where leads stand in their journeys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from coldframe.domain.enrolment import Asked, Enrolment, Stand


class Enrolments(Protocol):
    def get(self, lead: str, enrolment: str) -> Enrolment | None:
        """Read consistently."""

    def of(self, lead: str) -> Sequence[Enrolment]:
        """All of a person's, read consistently: also those that began under another identity of
        it, whose ``lead`` they keep."""

    def named(self, lead: str, enrolment: str) -> Enrolment | None:
        """This one of a person's, under whichever identity it began."""

    def begin(self, enrolment: Enrolment) -> Enrolment:
        """Put it if there is none; what is stored now comes back."""

    def stand(self, enrolment: Enrolment, stand: Stand) -> Enrolment:
        """Record the step that is entered; Left unless open and of this generation.

        ``since`` becomes ``at`` when the step is new, and stays when it is entered again. What
        waited before waits no longer, and the enrolment leaves the due index unless it is parked.
        """

    def keep(self, enrolment: Enrolment, step: str, asked: Asked) -> None:
        """What the step's wait came to, unless that is kept already.

        An answer outweighs none, and what another version was told. Nothing if it isn't open.
        """

    def close(self, enrolment: Enrolment, reason: str, at: datetime) -> bool:
        """False: it was closed already. The first reason wins."""

    def mark_stuck(self, enrolment: Enrolment, error: str, at: datetime) -> None: ...

    def next_generation(
        self, enrolment: Enrolment, at: datetime, *, step: str = "", version: str = ""
    ) -> Enrolment:
        """The same stand, open, generation + 1; StaleLead when another did so first.

        ``step``: the one that took the place of its own, entered when that one was.

        It is due soon (TO_STAND) until its new run stands at a step: the start may yet fail.
        """
