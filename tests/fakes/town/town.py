"""A small town in memory: two clients, one clock, mails that arrive; honest, but no cloud."""

import heapq
import itertools
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.fakes.town.books import BAKERY, HARBOR
from tests.fakes.town.client import FakeClient
from tests.fakes.town.web import PublicRoutes
from workbench.local.town import Happening, LocalClient, SentMail

START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


class FakeTown:
    """A `Town`. ``pace`` is how long each moment takes in real seconds, so that moving shows."""

    def __init__(self, *, folders: Path = Path("clients"), pace: float = 0.0) -> None:
        self.pace = pace
        self.lock = threading.RLock()
        self._let_go = threading.Event()
        self._let_go.set()
        self.wrong: dict[str, str] = {}
        self._now = START
        self._order = itertools.count()
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._mails: list[SentMail] = []
        self._happened: list[tuple[int, Happening]] = []
        self._web = PublicRoutes(self)
        self.people: dict[str, FakeClient] = {
            book.client.client: FakeClient(
                book,
                town=self,
                url=f"{self._web.url}/{book.client.client}",
                folder=folders / book.client.client,
            )
            for book in (BAKERY, HARBOR)
        }

    def close(self) -> None:
        self._web.close()

    def now(self) -> datetime:
        return self._now

    def next_moment(self) -> datetime | None:
        with self.lock:
            return self._due[0][0] if self._due else None

    def advance(self, by: timedelta) -> None:
        self.run_until(self._now + by)

    def run_until(self, at: datetime) -> None:
        while True:
            self._let_go.wait()
            with self.lock:
                if not self._due or self._due[0][0] > at:
                    self._now = max(self._now, at)
                    return
                when, _, do = heapq.heappop(self._due)
                self._now = max(self._now, when)
                do()
            time.sleep(self.pace)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody moves time on meanwhile: who began to is seen waiting."""
        self._let_go.clear()
        try:
            yield
        finally:
            self._let_go.set()

    def settle(self) -> None:
        """Whatever is due this instant, or a second from now: first mails are quick."""
        self.run_until(self._now + timedelta(seconds=1) if self._soon() else self._now)

    def clients(self) -> Mapping[str, LocalClient]:
        return self.people

    def mails(self) -> Sequence[SentMail]:
        return self._mails

    def open_mail(self, mail: SentMail) -> None:
        with self.lock:
            self.people[mail.client].open(mail)

    def bounce(self, mail: SentMail, *, hard: bool) -> None:
        with self.lock:
            self.people[mail.client].bounce(mail, hard=hard)

    def complain(self, mail: SentMail) -> None:
        with self.lock:
            self.people[mail.client].complain(mail)

    def reply(self, mail: SentMail, text: str) -> bool:
        with self.lock:
            self.people[mail.client].reply(mail, text)
        return True

    def out_of_office(self, mail: SentMail) -> bool:
        self.tell(mail.client, "a mail comes in: auto_reply", mail.lead)
        return True

    def unsubscribe_one_click(self, mail: SentMail) -> int:
        url = dict(mail.headers)["List-Unsubscribe"].strip("<>")
        with urllib.request.urlopen(url, b"List-Unsubscribe=One-Click") as answer:  # noqa: S310  # our own server
            return int(answer.status)

    def scan(self, mail: SentMail) -> int:
        links = re.findall(r"http://\S+/go/([0-9a-f]+)\.(\d+)", mail.text)
        with self.lock:
            for message, link in links:
                self.people[mail.client].follow(message, int(link), "Scanner/1.0")
        return len(links)

    def happenings(self, after: int) -> Sequence[tuple[int, Happening]]:
        return self._happened[after:]

    def problems(self) -> Mapping[str, str]:
        return self.wrong

    # What the clients and the web need

    def at(self, when: datetime, do: Callable[[], None]) -> None:
        with self.lock:
            heapq.heappush(self._due, (when, next(self._order), do))

    def deliver(self, mail: SentMail) -> None:
        self._mails.append(mail)

    def tell(self, client: str, text: str, lead: str = "") -> None:
        happening = Happening(at=self._now, client=client, text=text, lead=lead)
        self._happened.append((len(self._happened) + 1, happening))

    def _soon(self) -> bool:
        moment = self.next_moment()
        return moment is not None and moment <= self._now + timedelta(seconds=1)
