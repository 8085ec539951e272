"""One account and one set of warm functions for the whole run; each test gets it empty."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

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
    assert furnished.machines
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
    functions.rest()
    functions.forget_alarms()
    world = World(account=account, functions=functions, machines=bakery.machines)
    monkeypatch.setattr(SystemClock, "now", lambda _: world.now)
    return world


@pytest.fixture
def afresh(world: World) -> Callable[..., World]:
    """The same account, emptied, for another run of the same life."""

    def begin(*, crash_after: int | None = None, order: Random | None = None) -> World:
        world.account.clear()
        world.functions.forget_alarms()
        world.__init__(  # type: ignore[misc]  # the fixture's clock stands on this very object
            account=world.account,
            functions=world.functions,
            machines=world.machines,
            crash_after=crash_after,
            order=order,
        )
        return world

    return begin
