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
PATIENCE = 60
"""Seconds until something doesn't come: a busy machine may be many times slower than this one."""
STORY = "The wedding cake that stood four hours in July"
INVITATION = "A seat at the tasting table?"
GUIDE = "Your cake guide is out of the oven"


STANDS_STILL = """async () => {
  const there = new DOMParser().parseFromString(await (await fetch("/time")).text(), "text/html");
  const [here, town] = [document, there].map(each => each.querySelector("#time"));
  const clock = time => time.querySelector(".clock").textContent.replace(/\\s+/g, " ");
  return !here.hasAttribute("aria-busy") && !town.hasAttribute("aria-busy")
    && clock(here) === clock(town);
}"""


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
        context.set_default_timeout(PATIENCE * 1000)
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
        self.sees(self.page.get_by_role("heading", name="Thank you"))

    def sees(self, what: "Locator") -> None:
        """Sooner or later: a page that has begun to show itself may not be there whole."""
        what.first.wait_for()

    def finds_by_reloading(self, subject: str, address: str) -> "Locator":
        """Without JavaScript the list does not look again by itself: a person does."""
        found = self.finds(subject, address)
        give_up = time.monotonic() + PATIENCE
        while not found.count() and time.monotonic() < give_up:
            self.page.wait_for_timeout(200)
            self.page.reload()
        return found

    def finds(self, subject: str, address: str) -> "Locator":
        """The mail in the list, when it is there; the list looks again by itself."""
        self.goes_to(f"/mail?q={quote(address)}")
        return self.page.locator(".row", has_text=subject)

    def opens(self, subject: str, address: str) -> None:
        self.finds(subject, address).first.click()
        self.page.get_by_role("heading", name=subject, level=1).wait_for()

    def lets_pass(self, stride: str) -> None:
        """`+1 hour` or `+1 day`, to its end: the page shows the time that it has become."""
        button = self.page.get_by_role("button", name=f"one {stride}").first
        self.sees_time_stand_still()
        with self.page.expect_response(lambda got: "/time/step/" in got.url):
            button.click()
        self.sees_time_stand_still()

    def sees_time_stand_still(self) -> None:
        """Here and at the town: a page that hasn't heard yet of a move shows none."""
        give_up = time.monotonic() + PATIENCE
        while not self.page.evaluate(STANDS_STILL):
            assert time.monotonic() < give_up, "time never stands still"
            self.page.wait_for_timeout(50)

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
