"""A client's demo, played: each deed at its time, also those that answer to a mail."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from workbench.demo.characters import Character, Deed
from workbench.demo.hands import Hands
from workbench.local.deployed import DeployedTown
from workbench.local.town import SentMail

_Due = tuple[datetime, int, Character, Deed, SentMail | None]
STRIDE: Final = timedelta(days=20)


class Playing:
    """The cast of one client, from ``start`` on."""

    def __init__(self, hands: Hands, cast: tuple[Character, ...], start: datetime) -> None:
        self._hands, self._town = hands, hands.town
        self._cast = {who.address: who for who in cast}
        self._due: list[_Due] = []
        self._seen: set[str] = set()
        for who in cast:
            for doing in who.does:
                self._plan(start + doing.after, who, doing.deed, None)

    @property
    def town(self) -> DeployedTown:
        return self._town

    def run_until(self, at: datetime, told: Callable[[datetime], None]) -> None:
        """``told`` hears from time to time what day it is."""
        while self._town.now() < at or self._is_due():
            told(self._town.now())
            self._go(min([at, self._town.now() + STRIDE, *(due[0] for due in self._due[:1])]))
            while self._is_due():
                _, _, who, deed, mail = heapq.heappop(self._due)
                deed(self._hands, who, mail)
                self._read()

    def _go(self, at: datetime) -> None:
        """Stops as soon as a mail has come that somebody waits for."""
        self._town.cloud.run_until(at, until=self._read)

    def _is_due(self) -> bool:
        return bool(self._due) and self._due[0][0] <= self._town.now()

    def _read(self) -> bool:
        """True: somebody will do something because of a mail."""
        planned = False
        for mail in self._town.mails():
            if mail.id in self._seen:
                continue
            self._seen.add(mail.id)
            who = self._cast.get(mail.recipient)
            doing = who.on_mail.get(mail.mail) if who else None
            if who and doing:
                self._plan(mail.at + doing.after, who, doing.deed, mail)
                planned = True
        return planned

    def _plan(self, at: datetime, who: Character, deed: Deed, mail: SentMail | None) -> None:
        heapq.heappush(self._due, (at, len(self._seen) * 1000 + len(self._due), who, deed, mail))
