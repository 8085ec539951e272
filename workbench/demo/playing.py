"""The clients' demos, played: each deed at its time, also those that answer to a mail."""

import heapq
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from workbench.demo.characters import Character, Deed
from workbench.demo.hands import Hands
from workbench.local.deployed import DeployedTown
from workbench.local.town import SentMail

_Due = tuple[datetime, int, Hands, Character, Deed, SentMail | None]
STRIDE: Final = timedelta(days=20)


class Playing:
    """The casts of some clients of one town, from ``start`` on, side by side."""

    def __init__(
        self, town: DeployedTown, casts: Mapping[str, tuple[Character, ...]], start: datetime
    ) -> None:
        self._town = town
        hands = {name: Hands(town, town.clients()[name]) for name in casts}
        self._cast = {
            (name, who.address): (hands[name], who) for name, cast in casts.items() for who in cast
        }
        self._due: list[_Due] = []
        self._seen: set[str] = set()
        self._planned = 0
        for doer, who in self._cast.values():
            for doing in who.does:
                self._plan(start + doing.after, doer, who, doing.deed, None)

    @property
    def town(self) -> DeployedTown:
        return self._town

    def run_until(self, at: datetime, told: Callable[[datetime], None]) -> None:
        """``told`` hears from time to time what day it is."""
        while self._town.now() < at or self._is_due():
            told(self._town.now())
            self._go(min([at, self._town.now() + STRIDE, *(due[0] for due in self._due[:1])]))
            while self._is_due():
                _, _, hands, who, deed, mail = heapq.heappop(self._due)
                deed(hands, who, mail)
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
            if (mail.client, mail.recipient) not in self._cast:
                continue
            hands, who = self._cast[mail.client, mail.recipient]
            if doing := who.on_mail.get(mail.mail):
                self._plan(mail.at + doing.after, hands, who, doing.deed, mail)
                planned = True
        return planned

    def _plan(
        self, at: datetime, hands: Hands, who: Character, deed: Deed, mail: SentMail | None
    ) -> None:
        self._planned += 1
        heapq.heappush(self._due, (at, self._planned, hands, who, deed, mail))
