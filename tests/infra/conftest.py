"""One synth per session serves all promises, for every client."""

from pathlib import Path

import pytest

from infra.playbook.compiler import all_clients
from tests.infra.assembly import ROOT, Stacks, read_stacks, synth

HERE = Path(__file__).parent
CLIENTS = [folder.name for folder in all_clients(ROOT / "clients")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All on one worker: a second one would synthesise everything once more."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("synth"))


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outdir = tmp_path_factory.mktemp("synth") / "cdk.out"
    done = synth(outdir)
    assert done.returncode == 0, done.stderr[-2000:]
    return outdir


@pytest.fixture(scope="session", params=CLIENTS)
def stacks(request: pytest.FixtureRequest, assembly: Path) -> Stacks:
    return read_stacks(assembly, request.param)


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    outdir = tmp_path_factory.mktemp("production") / "cdk.out"
    done = synth(outdir, "--env", "prod", "--only", "bakery")
    assert done.returncode == 0, done.stderr[-2000:]
    return read_stacks(outdir, "bakery", "prod")
