"""Each client's landing page, served here as on the web: a plain form that posts to the real API.

A client's own `site/` folder is served as it stands; where there is none, or no such file in it, a
page is made from the form. Only addresses differ from the web: a form's action and the answer's
redirect point to this server instead of the client's public site, so that what follows a post is
seen locally too.
"""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from coldframe.domain.form import Form
from coldframe.entrypoints.form_markup import fields_markup
from coldframe.entrypoints.forms import FILES
from workbench.local.town import LocalClient
from workbench.window.form_post import Answer, ask, post
from workbench.window.security import SITE_POLICY
from workbench.window.window import Window

_ACTION = re.compile(r"""(\saction=["'])[^"']*?/forms/([a-z0-9-]+)(["'])""", re.IGNORECASE)
_HUES = 6
_OWN = {"content-security-policy": SITE_POLICY, "access-control-allow-origin": "*"}


@dataclass(frozen=True, slots=True)
class SitePages:
    window: Window

    def routes(self) -> list[Route]:
        return [
            Route("/site/{client}", self.home),
            Route("/site/{client}/forms/{form}", self.submit, methods=["POST"]),
            Route("/site/{client}/activity", self.activity, methods=["GET", "POST"]),
            Route("/site/{client}/{path:path}", self.page),
        ]

    def home(self, request: Request) -> Response:
        return RedirectResponse(f"/site/{request.path_params['client']}/", 307)

    def page(self, request: Request) -> Response:
        client = self.window.client(request.path_params["client"])
        if client is None:
            return self.window.look.missing(request, "client")
        path = request.path_params["path"]
        own = _own_file(client.folder / "site", path)
        if own is not None:
            return _own_page(client, own)
        return self._made(request, client, path)

    async def submit(self, request: Request) -> Response:
        client = self.window.client(request.path_params["client"])
        if client is None:
            return await run_in_threadpool(self.window.look.missing, request, "client")
        body, kind = await request.body(), request.headers.get("content-type", "")
        body = _at_its_own_site(client, request, body)
        query = f"?{request.url.query}" if request.url.query else ""
        url = f"{client.url}/forms/{request.path_params['form']}{query}"
        answer = await run_in_threadpool(post, url, body, kind)
        return _locally(client, answer)

    async def activity(self, request: Request) -> Response:
        """The script, and what it tells: as the client's own site would have it told."""
        client = self.window.client(request.path_params["client"])
        if client is None or not client.playbook().sites:
            return Response("nobody asks", 404)
        site = client.playbook().sites[0].rstrip("/")
        headers = {
            "origin": site,
            "content-type": request.headers.get("content-type", "text/plain"),
            "user-agent": request.headers.get("user-agent", ""),
        }
        told = _at_its_own_site(client, request, await request.body())
        url = f"{client.url}/activity"
        answer = await run_in_threadpool(ask, request.method, url, told, headers)
        return Response(answer.body, answer.status, headers={"content-type": answer.type})

    def _made(self, request: Request, client: LocalClient, path: str) -> Response:
        forms = client.forms()
        thanked = [form for form in forms if form.redirect and _thanks_at(form) == path]
        if thanked:
            return self._thanks(request, client, thanked[0])
        chosen = [form for form in forms if path in {"", f"forms/{form.form}"}]
        if not chosen:
            return self.window.look.missing(request, "page")
        fields = Markup(fields_markup(chosen[0]))  # noqa: S704 - escapes what it is made of
        nonce = uuid4().hex
        shown = {"form": chosen[0], "forms": forms, "submission": nonce, "fields": fields}
        return self._shown(request, "landing.html", client, shown)

    def _thanks(self, request: Request, client: LocalClient, form: Form) -> Response:
        token = request.query_params.get(FILES, "current")
        shown = {"form": form, "files": _files(client, form), "token": token}
        return self._shown(request, "thanks.html", client, shown)

    def _shown(
        self, request: Request, template: str, client: LocalClient, shown: dict[str, Any]
    ) -> Response:
        hue = sum(client.name.encode()) % _HUES
        around = {"client": client, "book": client.playbook(), "hue": hue}
        return self.window.look.page(request, template, **{**around, **shown})


def _at_its_own_site(client: LocalClient, request: Request, body: bytes) -> bytes:
    """Pages that stand here tell of themselves as if they stood on the client's site."""
    sites = client.playbook().sites
    if not sites:
        return body
    here, there = f"{request.url.scheme}://{request.url.netloc}", sites[0].rstrip("/")
    for place in (f"{here}/site/{client.name}", here):
        for spelled in (str, _quoted):
            body = body.replace(spelled(place).encode(), spelled(there).encode())
    return body


def _quoted(url: str) -> str:
    return quote(url, safe="")


def _thanks_at(form: Form) -> str:
    return urlsplit(form.redirect).path.strip("/")


def _files(client: LocalClient, form: Form) -> list[str]:
    """The client's files by name: those that the form gives, or else all that are open."""
    folder = client.folder / "files"
    names = sorted(one.name for one in folder.iterdir() if one.is_file()) if folder.is_dir() else []
    gated = {name for each in client.forms() for name in each.gives}
    return list(form.gives) or [name for name in names if name not in gated]


def _own_file(site: Path, path: str) -> Path | None:
    """A file of the client's site, and of nothing outside of it."""
    root = site.resolve()
    for candidate in (path or "index.html", f"{path}.html", f"{path}/index.html"):
        found = (site / candidate.lstrip("/")).resolve()
        if found.is_file() and found.is_relative_to(root):
            return found
    return None


def _own_page(client: LocalClient, file: Path) -> Response:
    if file.suffix != ".html":
        return FileResponse(file, headers=_OWN)
    html = _local_actions(client, file.read_text("utf-8", "replace"))
    return Response(html, media_type="text/html", headers=_OWN)


def _local_actions(client: LocalClient, html: str) -> str:
    return _ACTION.sub(rf"\g<1>/site/{escape(client.name)}/forms/\g<2>\g<3>", html)


def _locally(client: LocalClient, answer: Answer) -> Response:
    """The API's answer, with the addresses that lead to the client's public site kept here."""
    if answer.location.startswith("/"):
        return RedirectResponse(f"{client.url}{answer.location}", 303)
    if answer.location:
        target = urlsplit(answer.location)
        query = f"?{target.query}" if target.query else ""
        return RedirectResponse(f"/site/{client.name}/{target.path.lstrip('/')}{query}", 303)
    headers = {"content-type": answer.type}
    if answer.policy:
        headers["content-security-policy"] = answer.policy
    if not answer.type.startswith("text/html"):
        return Response(answer.body, answer.status, headers=headers)
    html = _local_actions(client, answer.body.decode("utf-8", "replace"))
    return Response(html, answer.status, headers=headers)
