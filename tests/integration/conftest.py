"""One account and one set of warm functions for the whole run; each test gets it empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coldframe.adapters.clock import SystemClock
from infra.playbook import CompiledClient, compile_client
from tests.integration.account import Account, open_account
from tests.integration.loading import Functions
from tests.integration.world import World

BAKERY = Path(__file__).parents[2] / "clients" / "bakery"


@pytest.fixture(scope="session")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="session")
def bakery() -> CompiledClient:
    return compile_client(BAKERY, environment="dev")


@pytest.fixture(scope="session")
def playbook(bakery: CompiledClient, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("playbook")
    return bakery.write(folder, {name: f"files/{name}" for name in bakery.files})


@pytest.fixture(scope="session")
def furnished(patch: pytest.MonkeyPatch, playbook: Path) -> Iterator[Account]:
    with open_account(patch, playbook.parent) as account:
        yield account


@pytest.fixture(scope="session")
def functions(furnished: Account) -> Functions:
    assert furnished.machine
    return Functions()


@pytest.fixture
def account(furnished: Account) -> Account:
    furnished.clear()
    return furnished


@pytest.fixture
def world(
    account: Account,
    functions: Functions,
    bakery: CompiledClient,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    world = World(account=account, functions=functions, machines=bakery.machines)
    monkeypatch.setattr(SystemClock, "now", lambda _: world.now)
    return world
