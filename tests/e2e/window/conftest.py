import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.window.visitor import Visitor
from tests.fakes.town.town import FakeTown
from workbench.local.synthesis import ROOT
from workbench.local.town import Town
from workbench.window.app import create_app, serve
from workbench.window.vendor import install

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    found = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not found:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is pinned beside the window's assets, fresh from npm."""
    try:
        return install(tmp_path_factory.mktemp("npm"))
    except (ImportError, subprocess.CalledProcessError):
        pytest.skip("the pinned packages can't be had from npm here")


@pytest.fixture(scope="session")
def axe(packages: Path) -> str:
    """axe-core's source."""
    return (packages / "axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def deployed(request: pytest.FixtureRequest) -> Iterator[Town | None]:
    """The real town for a module that says `TOWN = "deployed"`; None where the fake one will do.

    ``WINDOW_TOWN=deployed`` asks for the real one everywhere.
    """
    asked = getattr(request.module, "TOWN", os.environ.get("WINDOW_TOWN"))
    if asked != "deployed":
        yield None
        return
    from datetime import UTC, datetime

    from workbench.local.deployed import DeployedTown

    with DeployedTown(
        clients=ROOT / "clients",
        assembly=request.getfixturevalue("assembly"),
        synthesized=True,
        at=datetime(2026, 11, 21, 9, tzinfo=UTC),
        say=lambda _line: None,
    ) as town:
        yield town


@pytest.fixture
def town(deployed: Town | None) -> Iterator[Town]:
    if deployed is not None:
        yield deployed
        return
    fake = FakeTown(pace=0.02)
    yield fake
    fake.close()


@pytest.fixture
def address(town: Town) -> Iterator[str]:
    served = serve(create_app(town))
    yield served.url
    served.stop()


@pytest.fixture
def visit(chromium: "Browser", address: str) -> Iterator[Callable[..., Visitor]]:
    """Opens a browser of its own; whatever leads out of this machine gets an empty page."""
    visitors: list[Visitor] = []

    def open_browser(**options: Any) -> Visitor:
        visitor = Visitor.arriving(chromium, address, **options)
        visitors.append(visitor)
        return visitor

    yield open_browser
    for visitor in visitors:
        visitor.leave()
