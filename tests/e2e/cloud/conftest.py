"""One cloud for the whole folder, with one small client deployed in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.e2e.cloud.assembly import acme
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.web import Reply

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One cloud, one worker: what a test leaves on the clock is there for the next, in order."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("conformance"))


@pytest.fixture(scope="package")
def cloud() -> Iterator[LocalCloud]:
    with LocalCloud.start() as running:
        yield running


@dataclass(frozen=True)
class Client:
    """The deployed client, from outside."""

    cloud: LocalCloud
    url: str
    table: str
    journey: str
    react: str
    send_role: str

    def post(self, email: str) -> Reply:
        return self.cloud.request(
            "POST", f"{self.url}/forms/guide", FORM, urlencode({"email": email})
        )

    def execution(self, email: str) -> str:
        """The execution that a posted form starts."""
        name = email.split("@", maxsplit=1)[0]
        return f"{self.journey.replace(':stateMachine:', ':execution:')}:{name}"


@pytest.fixture(scope="package")
def client(cloud: LocalCloud, tmp_path_factory: pytest.TempPathFactory) -> Client:
    outputs = cloud.deploy(acme(tmp_path_factory.mktemp("assembly")).folder)
    leads, nurturing = outputs["acme-Leads"], outputs["acme-Nurturing"]
    return Client(
        cloud=cloud,
        url=leads["Url"],
        table=leads["Table"],
        journey=nurturing["Journey"],
        react=nurturing["React"],
        send_role=nurturing["SendRole"],
    )
