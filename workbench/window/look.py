"""Fills the pages' templates: everything escaped, and what every page shows around its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from coldframe.domain.reasons import reason
from workbench.local.town import Town
from workbench.window import wording
from workbench.window.happenings import BEGUN_AFTER, Happenings
from workbench.window.time_control import TimeControl

_TEMPLATES = Path(__file__).parent / "templates"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        duration=wording.duration, reason=reason, message_state=wording.state, place=_place
    )
    environment.globals.update(
        moment=wording.moment, short_moment=wording.short_moment, distance=wording.distance
    )
    return environment


def _place(zone: str) -> str:
    """`America/New_York` as people say it."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    town: Town
    time: TimeControl
    happenings: Happenings
    environment: Environment = field(default_factory=_environment)

    def page(
        self, request: Request, template: str, *, status: int = 200, **context: object
    ) -> HTMLResponse:
        known = {**self._around(request), **context}
        text = self.environment.get_template(template).render(known)
        return HTMLResponse(text.encode("utf-8", "replace"), status)

    def missing(self, request: Request, what: str) -> HTMLResponse:
        return self.page(request, "missing.html", status=404, what=what)

    def _around(self, request: Request) -> Mapping[str, Any]:
        clients = self.town.clients()
        state = self.time.state()
        zones = list(dict.fromkeys(client.playbook().zone for client in clients.values()))
        newest = self.happenings.newest(1)
        return {
            "clients": clients,
            "time": state,
            "now": state.now,
            "zones": zones or ["UTC"],
            "problems": self.town.problems(),
            "after": request.scope[BEGUN_AFTER],
            "latest": newest[0] if newest else None,
            "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            "path": request.url.path,
        }
