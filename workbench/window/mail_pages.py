"""The mailbox: the list, one mail beside why it came, and what a mailbox can do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coldframe.domain.outcome import as_it_ended
from coldframe.domain.record import LeadRecord
from workbench.local.town import LocalClient, SentMail
from workbench.window.deeds import DEEDS, Deed, reply, said
from workbench.window.lead_pages import page_number
from workbench.window.mail_body import as_seen, linked
from workbench.window.mailbox import PAGE, Query
from workbench.window.security import MAIL_POLICY
from workbench.window.why import Reasons
from workbench.window.window import Window, courses
from workbench.window.wording import called, held, lead_zone, prohibitions

VIEWS = ("html", "text", "source", "headers")
LONGEST_ANSWER = 50_000
WIDTHS = ("desktop", "phone")
SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class MailPages:
    window: Window

    def routes(self) -> list[Route]:
        return [
            Route("/mail", self.listed),
            Route("/mail/leads", self.by_lead),
            Route("/mail/{mail}", self.read),
            Route("/mail/{mail}/body", self.body),
            Route("/mail/{mail}/reply", self.reply, methods=["POST"]),
            Route("/mail/{mail}/{deed}", self.do, methods=["POST"]),
        ]

    def listed(self, request: Request) -> Response:
        return self._look(request, self._list(request))

    def by_lead(self, request: Request) -> Response:
        client = request.query_params.get("client", "")
        found = self.window.mailbox.correspondences(client)
        return self.window.look.page(
            request,
            "correspondences.html",
            correspondences=found,
            chosen=client,
            page=page_number(request),
            pages=-(-len(found) // PAGE),
            paging=f"{urlencode({'client': client})}&" if client else "",
        )

    def read(self, request: Request) -> Response:
        mail = self._mail(request)
        if mail is None:
            return self.window.look.missing(request, "mail")
        self.window.mailbox.mark_read(mail)
        shown = {"mail": mail, **_presentation(request, mail), **self._beside(mail)}
        done = said(request.query_params.get("done", ""))
        page = self._look(request, {**self._list(request), **shown, "done": done})
        if done:
            # The page asks for itself again: at this address, so that what was said stays.
            page.headers["hx-replace-url"] = f"{request.url.path}?{request.url.query}"
        return page

    def body(self, request: Request) -> Response:
        mail = self._mail(request)
        if mail is None or mail.html is None:
            return self.window.look.missing(request, "mail")
        headers = {"content-security-policy": MAIL_POLICY, "referrer-policy": "no-referrer"}
        html = as_seen(mail.html, scheme=request.query_params.get("scheme", ""))
        return Response(html.encode("utf-8", "replace"), media_type="text/html", headers=headers)

    def do(self, request: Request) -> Response:
        return self._do(request, DEEDS.get(request.path_params["deed"]))

    async def reply(self, request: Request) -> Response:
        body = (await request.body()).decode("utf-8", "replace")
        text = dict(parse_qsl(body)).get("text", "")[:LONGEST_ANSWER].strip()
        return await run_in_threadpool(self._do, request, reply(text))

    def _do(self, request: Request, deed: Deed | None) -> Response:
        mail = self._mail(request)
        if mail is None or deed is None:
            return self.window.look.missing(request, "mail")
        done = self.window.time.act(lambda: deed(self.window, mail))
        if not done:
            return Response(status_code=204)
        kept = [(key, value) for key, value in request.query_params.items() if key != "done"]
        return RedirectResponse(f"/mail/{mail.id}?{urlencode([*kept, ('done', done)])}", 303)

    def _mail(self, request: Request) -> SentMail | None:
        return self.window.mailbox.get(request.path_params["mail"])

    def _look(self, request: Request, context: Mapping[str, Any]) -> Response:
        return self.window.look.page(request, "mailbox.html", **{"mail": None, **context})

    def _list(self, request: Request) -> dict[str, Any]:
        query = _query(request)
        mailbox = self.window.mailbox
        given = {"client": query.client, "lead": query.lead, "q": query.words}
        return {
            "query": query,
            "found": mailbox.page(query),
            "total": mailbox.count(query),
            "is_read": mailbox.is_read,
            "linked": linked,
            "carried": urlencode([(key, value) for key, value in given.items() if value]),
            "zone_of": self._zone,
        }

    def _zone(self, client: str) -> str:
        found = self.window.client(client)
        return found.playbook().zone if found else "UTC"

    def _beside(self, mail: SentMail) -> dict[str, Any]:
        """What stands beside a mail; a mail that belongs to no lead of ours gets little."""
        client = self.window.client(mail.client)
        if client is None or not mail.lead:
            return {"record": None, "zone": self._zone(mail.client), "name": ""}
        record = as_it_ended(client.record(mail.lead), self.window.town.now())
        return {
            "record": record,
            "zone": lead_zone(record.profile, client.playbook()),
            "name": called(record.profile),
            "because": _reasons(client, record).of(mail.message),
            "courses": courses(client, record, now=self.window.town.now()),
            "forbids": prohibitions(record.gate, record.profile),
            "held": held(record.gate, now=self.window.town.now()),
            "message": next((one for one in record.messages if one.id == mail.message), None),
        }


def _reasons(client: LocalClient, record: LeadRecord) -> Reasons:
    return Reasons(record, client.playbook(), client.journey, client.mail)


def _query(request: Request) -> Query:
    asked = request.query_params
    before = asked.get("before", "")
    return Query(
        client=asked.get("client", ""),
        lead=asked.get("lead", ""),
        words=asked.get("q", ""),
        before=int(before) if before.isdecimal() and before.isascii() else None,
    )


def _presentation(request: Request, mail: SentMail) -> dict[str, str]:
    """How the mail is shown; what is not offered falls back to the first that is."""
    views = VIEWS if mail.html is not None else VIEWS[1:]
    choices = {"view": views, "width": WIDTHS, "scheme": SCHEMES}
    asked = request.query_params
    return {
        key: asked[key] if asked.get(key) in offered else offered[0]
        for key, offered in choices.items()
    }
