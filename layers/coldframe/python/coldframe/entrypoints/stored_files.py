"""GET /files: to where a file lies today, for everybody or for who has a link that a form gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.download import FILE, ends_at, is_given, opens
from coldframe.domain.errors import InvalidToken
from coldframe.entrypoints.answers import Response, go_to
from coldframe.entrypoints.http import NotFound, Request
from coldframe.entrypoints.observability import fact

if TYPE_CHECKING:
    from coldframe.adapters.links import SignedLinks
    from coldframe.adapters.playbook import CompiledPlaybook
    from coldframe.domain.playbook import StoredFile
    from coldframe.services.fetching import FileFetching
    from coldframe.services.ports import Clock, Files, LinkClaims


@dataclass(frozen=True, slots=True, kw_only=True)
class FileServing:
    playbook: CompiledPlaybook
    files: Files
    links: Callable[[], SignedLinks]
    fetched: Callable[[], FileFetching]
    clock: Clock

    def __call__(self, request: Request) -> Response:
        """By name: an old link leads to the file's current state; NotFound if there is none."""
        file = self.playbook.stored(request.path["name"])
        if file is None:
            raise NotFound("This file isn't offered any more.")
        if file.forms:
            link = self._link(request.path["hash"], file)
            if link is None or self._is_over(link, file):
                return self._after_the_form(request, file, ended=link is not None)
            if is_given(link.message):
                self._keep(request, link, file)
        fact("file served", file=file.name, gated=bool(file.forms))
        return go_to(self.files.url(file, method=request.method), status=302)

    def _link(self, token: str, file: StoredFile) -> LinkClaims | None:
        """None for whatever opens no file, or another one."""
        try:
            link = self.links().read(FILE, token)
        except InvalidToken:
            return None
        return link if opens(link.target, file) else None

    def _is_over(self, link: LinkClaims, file: StoredFile) -> bool:
        ends = ends_at(link.target, file, link.index)
        return ends is not None and self.clock.now() >= ends

    def _after_the_form(self, request: Request, file: StoredFile, *, ended: bool) -> Response:
        from coldframe.entrypoints.gated_page import gated_page

        fact("file kept back", file=file.name, ended=ended)
        form = self.playbook.form(next(iter(file.forms)))
        return gated_page(request, form, ended=ended)

    def _keep(self, request: Request, link: LinkClaims, file: StoredFile) -> None:
        from coldframe.adapters.networks import network_of
        from coldframe.services.fetching import FetchFile

        given = list(self.playbook.form(link.target).gives)
        fetch = FetchFile(
            link=link,
            file=file.name,
            place=given.index(file.name),
            agent=request.agent,
            method=request.method,
            network=network_of(request.address),
            request=request.id,
        )
        self.fetched()(fetch)
