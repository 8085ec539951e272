"""The README's pictures, taken anew: `python -m workbench.window.pictures [--out docs/images]`.

The real clients run in the local cloud from a fixed instant, some people fill in their forms, days
pass, and Chromium looks: every page as phone and desktop, light and dark; and at every mail of both
clients, on one sheet for each screen.
"""

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
PEOPLE = ("Katherine", "Grace", "Radia", "Hedy", "Ada")
SCREENS = {"desktop": (1280, 860, 1.5), "phone": (390, 844, 2.0)}
QUIET = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking")


def main() -> None:
    from workbench.local.deployed import DeployedTown
    from workbench.local.synthesis import ROOT
    from workbench.window.app import create_app, serve

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    out = parser.parse_args().out
    with (
        TemporaryDirectory() as assembly,
        DeployedTown(
            clients=ROOT / "clients", assembly=Path(assembly), at=AT, say=lambda _line: None
        ) as town,
    ):
        window = serve(create_app(town))
        try:
            for picture in take(window.url, out):
                sys.stdout.write(f"{picture}\n")
        finally:
            window.stop()


def take(url: str, out: Path) -> Iterator[Path]:
    """Lives through a few days at ``url``'s window and pictures what is to be seen then."""
    from playwright.sync_api import sync_playwright

    from workbench.local.synthesis import ROOT
    from workbench.preview.pictures import take as mails

    out.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=list(QUIET))
        pages = _live(browser.new_page(), url)
        for name, path in pages.items():
            yield from _pictures(browser, f"{url}{path}", out / name)
        yield from mails(browser, ROOT / "clients", out)
        browser.close()


def _live(page: "Page", url: str) -> dict[str, str]:
    """Name → path of what is worth a picture afterwards."""
    for name in PEOPLE:
        page.goto(f"{url}/site/bakery/")
        page.get_by_label("Where shall we send it?").fill(f"{name.lower()}@example.com")
        page.get_by_label("Your first name").fill(name)
        page.get_by_role("checkbox").check()
        page.get_by_role("button").click()
        page.get_by_role("heading", name="Thank you").wait_for()
        _pass(page, url, "hour")
    for _ in range(2):
        _pass(page, url, "day")
    page.goto(f"{url}/mail?q=ada%40example.com")
    mail = page.locator(".row").first.get_attribute("href") or "/mail"
    page.goto(url + mail)
    lead = page.locator(".envelope a").get_attribute("href") or "/"
    return {
        "overview": "/",
        "mailbox": mail.partition("?")[0],
        "lead": lead,
        "form": "/site/bakery/",
    }


def _pass(page: "Page", url: str, stride: str) -> None:
    page.goto(url)
    with page.expect_response(re.compile("/time/step/")):
        page.locator(f"#move-time-step-{stride}").click()
    page.locator("#time:not([aria-busy])").wait_for()


def _pictures(browser: "Browser", url: str, stem: Path) -> Iterator[Path]:
    for screen, (width, height, scale) in SCREENS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=scale,
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(f"{url}?scheme={scheme}")
            page.wait_for_timeout(500)
            picture = stem.with_name(f"{stem.name}-{screen}-{scheme}.png")
            page.screenshot(path=picture)
            context.close()
            yield picture


if __name__ == "__main__":
    main()
