"""A file was asked for by a link that a form gave: evidence, as a followed link of a mail is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.errors import Transient
from coldframe.services.following import follow

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, LinkClaims, Touchpoints


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFile:
    link: LinkClaims
    file: str
    place: int
    """Which of the files that the form gives, from 0."""
    agent: str = ""
    method: str = "GET"
    network: str = ""
    request: str = ""
    """The request's own id: every fetch counts, also several within one millisecond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFetching:
    touchpoints: Touchpoints
    clock: Clock

    def __call__(self, command: FetchFile) -> None:
        """What can't be kept just now is left out: the reader comes first."""
        form, since = command.link.target, command.link.index
        fetched = follow(
            command.link,
            index=command.place,
            now=self.clock.now(),
            agent=command.agent,
            method=command.method,
            network=command.network,
            request=command.request,
            more={"target": command.file, "file": command.file, "form": form, "since": since},
        )
        with suppress(Transient):
            self.touchpoints.append(fetched)
