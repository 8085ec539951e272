"""The preview's pages: every mail of a client, and one mail for one lead or two."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from coldframe.domain.errors import InvalidAddress
from coldframe.domain.message import RenderedMail
from coldframe.domain.playbook import Mail
from coldframe.domain.profile import Profile
from workbench.preview.leads import NotALead, fields_in, imagined
from workbench.preview.studio import Edition, Studio
from workbench.window.mail_body import as_seen, linked
from workbench.window.security import HOSTS, MAIL_POLICY, Guard

VIEWS: Final = ("html", "text", "source")
WIDTHS: Final = ("desktop", "phone")
SCHEMES: Final = ("light", "dark")
_HERE: Final = Path(__file__).parent
_STYLE: Final = _HERE.parent / "window" / "static"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page is asked for: everything stands in its address."""

    mail: str
    lead: str
    """Fields, one a line."""
    other: str
    two: bool
    language: str
    when: str
    view: str
    width: str
    scheme: str

    def query(self, **other: str) -> str:
        kept = {
            "lead": self.lead,
            "other": self.other,
            "two": "1" if self.two else "",
            "language": self.language,
            "when": self.when,
            "view": self.view,
            "width": self.width,
            "scheme": self.scheme,
        }
        return urlencode({name: value for name, value in {**kept, **other}.items() if value})

    def turned(self, number: int, value: str, conditions: int) -> str:
        """``when`` with one condition set."""
        digits = list(self.when.ljust(conditions, "-"))
        digits[number] = value
        return "".join(digits).rstrip("-")


@dataclass(frozen=True, slots=True)
class Pages:
    studio: Studio
    known: Profile | None
    first: str
    """The fields that the command was given."""

    def routes(self) -> list[Route]:
        return [
            Route("/", self.listed),
            Route("/revision", self.revision),
            Route("/mails/{mail}", self.shown),
            Route("/mails/{mail}/body", self.body),
        ]

    def revision(self, _request: Request) -> Response:
        return PlainTextResponse(self.studio.revision())

    def listed(self, request: Request) -> Response:
        edition, told = self.studio.edition(), request.query_params.get("lead", self.first)
        try:
            lead = imagined(fields_in(told.splitlines()), self.known)
        except (NotALead, InvalidAddress) as problem:
            return self._page("mails.html", edition, status=400, wrong=str(problem))
        return self._page("mails.html", edition, texts=edition.texts(lead))

    def shown(self, request: Request) -> Response:
        edition, asked = self.studio.edition(), self._asked(request)
        mail = edition.mail(asked.mail)
        if mail is None:
            return self._page("mails.html", edition, status=200 if edition.problems else 404)
        try:
            made = [self._made(edition, mail, asked, lead) for lead in self._leads(asked)]
        except (NotALead, InvalidAddress) as problem:
            return self._page("mails.html", edition, status=400, wrong=str(problem))
        return self._page(
            "mail.html",
            edition,
            mail=mail,
            asked=asked,
            made=made,
            languages=[mail.language, *mail.translations],
            views=VIEWS if made[0].html is not None else VIEWS[1:],
            findings=[each for each in edition.findings if _about(each.file, asked.mail)],
            linked=linked,
        )

    def body(self, request: Request) -> Response:
        edition, asked = self.studio.edition(), self._asked(request)
        mail = edition.mail(asked.mail)
        lead = asked.other if request.query_params.get("which") == "1" else asked.lead
        html = self._made(edition, mail, asked, lead).html if mail else None
        if html is None:
            return PlainTextResponse("nothing to show", 404)
        return Response(
            as_seen(html, scheme=asked.scheme).encode("utf-8", "replace"),
            media_type="text/html",
            headers={"content-security-policy": MAIL_POLICY, "referrer-policy": "no-referrer"},
        )

    def _leads(self, asked: Asked) -> list[str]:
        return [asked.lead, asked.other] if asked.two else [asked.lead]

    def _made(self, edition: Edition, mail: Mail, asked: Asked, lead: str) -> RenderedMail:
        profile = imagined(fields_in(lead.splitlines()), self.known)
        return edition.rendered(mail, profile, language=asked.language, when=asked.when)

    def _asked(self, request: Request) -> Asked:
        told = request.query_params
        return Asked(
            mail=request.path_params["mail"],
            lead=told.get("lead", self.first),
            other=told.get("other", ""),
            two=bool(told.get("two")),
            language=told.get("language", ""),
            when=told.get("when", ""),
            view=_one_of(VIEWS, told.get("view")),
            width=_one_of(WIDTHS, told.get("width")),
            scheme=_one_of(SCHEMES, told.get("scheme")),
        )

    def _page(
        self, template: str, edition: Edition, *, status: int = 200, **context: object
    ) -> Response:
        known = {"wrong": "", "texts": (), "edition": edition, **context}
        text = _environment().get_template(template).render(known)
        return HTMLResponse(text.encode("utf-8", "replace"), status)


def create_app(studio: Studio, *, known: Profile | None = None, first: str = "") -> Starlette:
    app = Starlette(
        routes=[
            *Pages(studio, known, first).routes(),
            Mount("/static", StaticFiles(directory=_STYLE)),
            Mount("/preview", StaticFiles(directory=_HERE / "static")),
        ],
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False),
        ],
    )
    app.state.closing = asyncio.Event()
    return app


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _about(file: str, mail: str) -> bool:
    return file.partition(".")[0] in {f"emails/{mail}", "emails/_layout"}


def _one_of(known: tuple[str, ...], told: str | None) -> str:
    return told if told in known else known[0]
