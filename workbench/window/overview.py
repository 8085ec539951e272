"""The first page: the clients and their addresses, what to do first, and what happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbench.local.town import LeadLine, LocalClient
from workbench.window.mailbox import Query
from workbench.window.window import Window

_LINES = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    client: LocalClient
    leads: Sequence[LeadLine]
    mails: int
    problem: str

    @property
    def folder(self) -> str:
        """As somebody would type it who stands where the command was given."""
        folder, here = self.client.folder, Path.cwd()
        return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)

    @property
    def leads_count(self) -> int:
        return sum(not each.test for each in self.leads)


@dataclass(frozen=True, slots=True)
class Overview:
    window: Window

    def routes(self) -> list[Route]:
        return [Route("/", self.shown)]

    def shown(self, request: Request) -> Response:
        problems = self.window.town.problems()
        clients = self.window.town.clients().values()
        cards = [self._card(client, problems) for client in clients]
        return self.window.look.page(
            request, "overview.html", cards=cards, lines=self.window.happenings.newest(_LINES)
        )

    def _card(self, client: LocalClient, problems: Mapping[str, str]) -> Card:
        return Card(
            client=client,
            leads=client.leads(),
            mails=self.window.mailbox.count(Query(client=client.name)),
            problem=problems.get(client.name, ""),
        )
