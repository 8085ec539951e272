"""A person at a browser who looks through the window: what they do, in their words."""

import re
import time
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ONE_MORE = count(int(time.time()))
A_PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36"
"""Headless Chromium says so of itself, and a follow by it is a machine's."""
STORY = "The wedding cake that stood four hours in July"
INVITATION = "A seat at the tasting table?"
GUIDE = "Your cake guide is out of the oven"


def new_address(name: str = "ada") -> str:
    """Nobody in the town has it yet."""
    return f"{name}.{next(ONE_MORE)}@example.com"


@dataclass
class Visitor:
    """``page`` and ``context`` are Playwright's; ``cries`` are the console's errors."""

    context: "BrowserContext"
    page: "Page"
    home: str
    cries: list[str] = field(default_factory=list)

    @classmethod
    def arriving(cls, browser: "Browser", home: str, **options: Any) -> Self:
        context = browser.new_context(user_agent=A_PERSON, **options)
        context.set_default_timeout(60_000)
        context.route(
            re.compile(r"^https://"), lambda route: route.fulfill(body="<h1>Out there</h1>")
        )
        visitor = cls(context=context, page=context.new_page(), home=home)
        visitor.page.on("pageerror", lambda error: visitor.cries.append(str(error)))
        visitor.page.on(
            "console",
            lambda said: visitor.cries.append(said.text) if said.type == "error" else None,
        )
        return visitor

    def leave(self) -> None:
        self.context.close()

    def goes_to(self, path: str) -> None:
        self.page.goto(self.home + path)

    def asks_for_the_guide(self, address: str, *, letters: bool = True, name: str = "Ada") -> None:
        self.goes_to("/site/bakery/")
        self.page.get_by_label("Where shall we send it?").fill(address)
        self.page.get_by_label("Your first name").fill(name)
        if letters:
            self.page.get_by_role("checkbox").check()
        self.page.get_by_role("button", name="Send me the guide").click()
        self.page.get_by_role("heading", name="Thank you").wait_for()

    def finds_by_reloading(self, subject: str, address: str) -> "Locator":
        """Without JavaScript the list does not look again by itself: a person does."""
        found = self.finds(subject, address)
        patience = time.monotonic() + 60
        while not found.count() and time.monotonic() < patience:
            time.sleep(0.2)
            self.page.reload()
        return found

    def finds(self, subject: str, address: str) -> "Locator":
        """The mail in the list, when it is there; the list looks again by itself."""
        self.goes_to(f"/mail?q={quote(address)}")
        return self.page.locator(".row", has_text=subject)

    def opens(self, subject: str, address: str) -> None:
        self.finds(subject, address).first.click()
        self.page.get_by_role("heading", name=subject, level=1).wait_for()

    def lets_pass(self, stride: str, times: int = 1) -> None:
        """`+1 hour`, `+1 day` or `Next moment`; each once all has settled."""
        named = {"hour": "one hour", "day": "one day", "next": "whatever is due"}[stride]
        for _ in range(times):
            button = self.page.get_by_role("button", name=re.compile(named)).first
            self.page.locator("#time:not([aria-busy])").wait_for()
            with self.page.expect_response(lambda got: "/time/step/" in got.url):
                button.click()
            self.page.locator("#time:not([aria-busy])").wait_for()

    def waits_for(self, subject: str, address: str, *, days: int = 6) -> None:
        """Day by day, until the mail is there."""
        for _ in range(days):
            if self.finds(subject, address).count():
                return
            self.lets_pass("day")
        self.finds(subject, address).first.wait_for()

    def follows(self, link: "Locator") -> "Page":
        """A link that opens a tab of its own; the tab."""
        with self.context.expect_page() as opened:
            link.click()
        opened.value.wait_for_load_state()
        return opened.value

    def sees_the_lead(self, address: str) -> None:
        self.goes_to(f"/clients/bakery?q={quote(address)}")
        self.page.locator(".people .row").first.click()
        self.page.get_by_role("heading", name="Diary").wait_for()
