"""What happens in the demo: five visitors, three virtual weeks, one scheduled letter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from workbench.demo.people import ADA, CLEO, PEOPLE, SCANNED, Person
from workbench.local.deployed import DeployedTown
from workbench.local.town import SentMail

START = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
BROWSER = {"Content-Type": "application/x-www-form-urlencoded"}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

Act = tuple[str, Callable[["Play"], None]]


class DemoFailed(RuntimeError):
    """Something answered otherwise than it must."""


class Play:
    """The town, and the hands that visitors have in it."""

    def __init__(self, town: DeployedTown) -> None:
        self.town = town
        self._scanned: set[str] = set()

    def submit(self, person: Person) -> None:
        """The real form, sent as a browser sends it."""
        url = f"{self.town.clients()[person.client].url}/forms/{person.form}"
        reply = self.town.request("POST", url, BROWSER, urlencode(person.form_values()))
        if reply.status != 303:  # noqa: PLR2004 - See Other: on to the thank-you page
            raise DemoFailed(f"the form answered {reply.status}: {reply.text[:300]}")

    def mail(self, person: Person, name: str) -> SentMail:
        for mail in self.town.mails():
            if mail.recipient == person.address and mail.mail == name:
                return mail
        raise DemoFailed(f"{person.name} never got “{name}”")

    def click(self, person: Person, name: str) -> None:
        mail = self.mail(person, name)
        status = self.town.follow(self.town.links(mail)[0]).status
        if status != 302:  # noqa: PLR2004 - Found: on to where the link leads
            raise DemoFailed(f"a link of “{name}” answered {status}")

    def unsubscribe(self, person: Person, name: str) -> None:
        status = self.town.unsubscribe_one_click(self.mail(person, name))
        if status != 200:  # noqa: PLR2004 - RFC 8058 wants no redirect
            raise DemoFailed(f"one-click unsubscribe answered {status}")

    def run_until(self, at: datetime) -> None:
        """Let time pass; the scanner is at work on every mail as it is delivered."""
        while self.town.now() < at:
            self.town.cloud.run_until(at, until=self._something_to_scan)
            self._scan()

    def _unscanned(self) -> list[SentMail]:
        return [
            mail
            for mail in self.town.mails()
            if mail.recipient == SCANNED.address and mail.id not in self._scanned
        ]

    def _something_to_scan(self) -> bool:
        return bool(self._unscanned())

    def _scan(self) -> None:
        for mail in self._unscanned():
            self._scanned.add(mail.id)
            self.town.scan(mail)

    def everybody_comes(self) -> None:
        for person in PEOPLE:
            self.submit(person)
        self.town.settle()
        self._scan()

    def ada_fetches_the_guide(self) -> None:
        self.run_until(START + 20 * MINUTE)
        self.click(ADA, "cake-guide")

    def cleo_unsubscribes(self) -> None:
        self.run_until(START + DAY)
        self.unsubscribe(CLEO, "cake-guide")

    def ada_reads_the_case_study(self) -> None:
        self.run_until(START + 2 * DAY + 5 * HOUR)
        self.click(ADA, "case-study")

    def time_passes(self) -> None:
        self.run_until(START + 21 * DAY)


ACTS: tuple[Act, ...] = (
    ("five visitors fill in their forms", Play.everybody_comes),
    ("Ada fetches the guide", Play.ada_fetches_the_guide),
    ("a day later Cleo unsubscribes", Play.cleo_unsubscribes),
    ("after two days the story; Ada reads it", Play.ada_reads_the_case_study),
    ("the rest of three weeks, and the monthly letter", Play.time_passes),
)
