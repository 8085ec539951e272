"""The smoke test for a real account, tried on the local cloud: it passes, and it can fail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from infra.place import Place
from workbench.local.deployed import DeployedTown
from workbench.smoke.account import NotDeployed, find
from workbench.smoke.steps import Smoke

pytestmark = pytest.mark.xdist_group("local cloud")


@pytest.fixture
def smoke(town: DeployedTown) -> Smoke:
    def request(
        method: str, url: str, headers: dict[str, str], body: str | None
    ) -> tuple[int, str]:
        reply = town.request(method, url, headers, body or "")
        town.settle()
        return reply.status, reply.text

    return Smoke(
        deployed=find(Place(client="bakery", environment="dev"), town.cloud.client),
        form=town.clients()["bakery"].forms()[0],
        mails_at_once=True,
        request=request,
        pause=lambda seconds: town.advance(timedelta(seconds=seconds)),
        patience=30.0,
    )


def test_it_passes_where_all_is_well(smoke: Smoke) -> None:
    findings = list(smoke())

    assert len(findings) == 8
    assert [f"{each.claim}: {each.found}" for each in findings if not each.holds] == []


def test_it_fails_by_name_where_nobody_answers(smoke: Smoke) -> None:
    gone: Callable[..., tuple[int, str]] = lambda *_: (503, "down")  # noqa: E731 - the whole stand-in
    findings = list(replace(smoke, request=gone, patience=3.0)())

    assert {each.claim for each in findings if each.holds} == set()


def test_it_says_what_to_deploy_where_nothing_is(town: DeployedTown) -> None:
    with pytest.raises(NotDeployed, match=r"no stack bakery-prod-Leads.*deploy"):
        find(Place(client="bakery", environment="prod"), town.cloud.client)
