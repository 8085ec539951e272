"""The town of clients, deployed into the local cloud: the workbench's one door to it."""

import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from infra.place import Place
from infra.playbook.compiler import all_clients, compile_client
from workbench.bill.bill import Units
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.mail.events import BROWSER
from workbench.cloud.mail.message import Message
from workbench.cloud.web import Reply
from workbench.local import keeping
from workbench.local.answers import answer, comes_in, out_of_office
from workbench.local.client import DeployedClient
from workbench.local.mails import localiser, one_click_url, sent_mail
from workbench.local.metering import units_of
from workbench.local.news import news
from workbench.local.synthesis import synthesize
from workbench.local.town import Happening, SentMail

Say = Callable[[str], None]
ENVIRONMENT = "dev"
KEPT = 5_000


class DeployedTown:
    """Implements `Town`. Start it once per process; whatever it started ends with it."""

    def __init__(
        self,
        *,
        clients: Path,
        assembly: Path,
        at: datetime,
        say: Say,
        synthesized: bool = False,
        **options: Any,
    ) -> None:
        """``synthesized``: the assembly is there already, made of these very clients."""
        self.folders = {folder.name: folder for folder in all_clients(clients)}
        self._heard: list[tuple[int, Happening]] = []
        self._hearing = threading.Lock()
        self._problems: dict[str, str] = {}
        self._requests = 0
        self._mails: dict[str, SentMail] = {}
        self._root, self._assembly = clients, assembly
        if not synthesized:
            synthesize(clients, environment=ENVIRONMENT, outdir=assembly, say=say)
        self.cloud = LocalCloud.start(at, on_log=self._on_log, **options)
        try:
            self._clients = self._deploy(assembly, say)
        except BaseException:
            self.cloud.stop()
            raise
        self._localise = localiser(self._addresses)
        self.cloud.sent.on_sent.append(self._on_sent)

    def keep(self, file: Path) -> None:
        """Leads, mails, keys and the clock, for a later run to `recall`."""
        keeping.save(file, self.cloud, tables=self._tables(), addresses=self._by_client())

    def recall(self, file: Path) -> None:
        """What an earlier run kept; its open enrolments go on where they stood."""
        keeping.load(file, self.cloud, tables=self._tables(), addresses=self._by_client())

    def _tables(self) -> dict[str, str]:
        return {name: client.table for name, client in self._clients.items()}

    def _by_client(self) -> dict[str, str]:
        local = {url: deployed for deployed, url in self._addresses.items()}
        return {name: local[client.url] for name, client in self._clients.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.cloud.stop()

    def _deploy(self, assembly: Path, say: Say) -> dict[str, DeployedClient]:
        outputs = self.cloud.deploy(assembly)
        self._addresses: dict[str, str] = {}
        deployed = {}
        for name in self.folders:
            deployed[name] = self._take(name, outputs)
            say(f"{name} is up")
        return deployed

    def _take(self, name: str, outputs: Mapping[str, Mapping[str, str]]) -> DeployedClient:
        leads = outputs[f"{Place(client=name, environment=ENVIRONMENT).name}-Leads"]
        url = self._addresses[leads["Address"]] = self._local(leads["Address"])
        return DeployedClient(
            folder=self.folders[name],
            compiled=compile_client(self.folders[name], environment=ENVIRONMENT),
            url=url,
            table=leads["TableName"],
            dynamodb=self.cloud.client("dynamodb"),
        )

    def reload(self, name: str) -> bool:
        """Deploy one client's changed folder; False: it has mistakes, and the old version stays.

        No event tells of a deployment's end here, so its sweep is rung by hand.
        """
        assembly = self._assembly.with_name(f"{self._assembly.name}-{name}")
        try:
            synthesize(
                self._root, environment=ENVIRONMENT, outdir=assembly, say=_unheard, only=name
            )
            outputs = self.cloud.deploy(assembly)
        except RuntimeError as problem:
            self._problems[name] = str(problem)
            return False
        self._problems.pop(name, None)
        self._clients[name] = self._take(name, outputs)
        keeping.ring(self.cloud, Place(client=name, environment=ENVIRONMENT).name)
        return True

    def _local(self, address: str) -> str:
        api = (urlsplit(address).hostname or "").partition(".")[0]
        port = urlsplit(self.cloud.endpoint).port
        return f"http://{api}.execute-api.localhost:{port}"

    def now(self) -> datetime:
        return self.cloud.now()

    def next_moment(self) -> datetime | None:
        """The sweep's daily guard finds nothing to do: nobody wants to be taken there."""
        return self.cloud.next_deadline(but="DailyGuard")

    def advance(self, by: timedelta) -> None:
        self.cloud.advance(by)

    def run_until(self, at: datetime) -> None:
        self.cloud.run_until(at)

    def settle(self) -> None:
        self.cloud.settle()

    def clients(self) -> Mapping[str, DeployedClient]:
        return self._clients

    def mails(self) -> Sequence[SentMail]:
        for message in self.cloud.sent:
            if message.id not in self._mails:
                self._mails[message.id] = self._told(message)
        return list(self._mails.values())

    def _told(self, message: Message) -> SentMail:
        return sent_mail(message, client=self._client_of(message), localise=self._localise)

    def _client_of(self, message: Message) -> str:
        return (message.configuration_set or "").removesuffix(f"-{ENVIRONMENT}")

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: str = ""
    ) -> Reply:
        """What a browser or a mailbox on the internet would do."""
        self._requests += 1
        return self.cloud.request(method, url, headers, body or None)

    def follow(self, url: str, *, method: str = "GET", agent: str = BROWSER) -> Reply:
        return self.request(method, url, {"User-Agent": agent})

    def links(self, mail: SentMail) -> list[str]:
        """The mail's own links, in order, localised."""
        return [self._localise(link) for link in self.cloud.sent[mail.id].links]

    def open_mail(self, mail: SentMail) -> None:
        self.cloud.sent.opened(self.cloud.sent[mail.id])
        self.settle()

    def bounce(self, mail: SentMail, *, hard: bool) -> None:
        self.cloud.sent.bounced(self.cloud.sent[mail.id], hard=hard)
        self.settle()

    def complain(self, mail: SentMail) -> None:
        self.cloud.sent.complained(self.cloud.sent[mail.id])
        self.settle()

    def reply(self, mail: SentMail, text: str) -> bool:
        raw = answer(mail, text, at=self.now())
        return comes_in(self.cloud, raw, mail, sender=mail.recipient)

    def out_of_office(self, mail: SentMail) -> bool:
        return comes_in(self.cloud, out_of_office(mail, at=self.now()), mail)

    def unsubscribe_one_click(self, mail: SentMail) -> int:
        url = one_click_url(mail)
        if url is None:
            return 404
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status = self.request("POST", url, form, "List-Unsubscribe=One-Click").status
        self.settle()
        return status

    def scan(self, mail: SentMail) -> int:
        """GET and HEAD on every link, as security scanners do on delivery."""
        links = self.links(mail)
        for link in links:
            for method in ("HEAD", "GET"):
                with contextlib.suppress(ValueError):  # a link that leads out of this cloud
                    self.follow(link, method=method)
        self.settle()
        return len(links)

    def happenings(self, after: int) -> Sequence[tuple[int, Happening]]:
        with self._hearing:
            return [(number, heard) for number, heard in self._heard if number > after]

    def units(self) -> Units:
        """What AWS would have billed so far."""
        return units_of(self.cloud.usage(), requests=self._requests)

    def problems(self) -> Mapping[str, str]:
        return dict(self._problems)

    def _hear(self, happening: Happening) -> None:
        with self._hearing:
            number = self._heard[-1][0] + 1 if self._heard else 1
            self._heard.append((number, happening))
            del self._heard[:-KEPT]

    def _on_sent(self, message: Message) -> None:
        text = f"mail “{message.tags.get('mail', message.subject)}” goes out"
        lead = message.tags.get("lead", "")
        self._hear(Happening(at=message.at, client=self._client_of(message), text=text, lead=lead))

    def _on_log(self, function: str, line: str) -> None:
        """Functions log facts with fields: the news among them are heard."""
        client = next((name for name in self.folders if function.startswith(name)), "")
        if happening := news(line, client=client, at=self.now()):
            self._hear(happening)


def _unheard(_line: str) -> None:
    """A reload is quiet."""
