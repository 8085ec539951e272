"""GET /files: an address that an old mail may hold, to where the file lies today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coldframe.entrypoints.http import NotFound, Request

if TYPE_CHECKING:
    from coldframe.services.ports import Files, Playbook


def where_it_lies(request: Request, *, playbook: Playbook, files: Files) -> str:
    """By name: an old hash leads to the file's current state."""
    try:
        return files.url(playbook.file(request.path["name"]))
    except KeyError as error:
        raise NotFound("There is no such file.") from error
