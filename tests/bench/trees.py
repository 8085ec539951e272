"""What Lambda would have under ``/var/task`` and ``/opt``, with native packages for this machine.

The same builders as a deploy's; three copies, which differ in their bytecode alone.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from uv import find_uv_bin

from infra.bundling.cache import ROOT, Bundle, bundle
from infra.bundling.code import FUNCTIONS, function_code, package_layer
from infra.bundling.digest import digest, digest_of
from infra.bundling.trimming import trim
from infra.bundling.vendor import LOCK, install
from infra.playbook.compiler import compile_client
from tests.bench.interpreter import Measured

HERE = Path(__file__).parent
CLIENT = "bakery"
LONG_AGO = 315_532_800
"""1980-01-01, which CDK writes on every file that it zips."""


class Pycs(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    UNCHECKED = "unchecked-hash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    name: str
    path: tuple[Path, ...]
    """What is imported from, in order."""
    trusted: Path
    """The certificate authorities that it ships."""


def function_names() -> list[str]:
    return sorted(path.parent.name for path in FUNCTIONS.glob("*/handler.py"))


def ours(python: Measured, pycs: Pycs) -> Tree:
    built = bundle(
        f"bench/coldframe-{pycs}",
        digest(pycs, python.version, _recipe(), package_layer().hash, *_function_hashes()),
        lambda folder: _build_ours(folder, python, pycs),
    )
    site = built.path / "opt" / "python"
    return Tree(
        name=f"coldframe-{pycs}",
        path=(built.path / "task", site),
        trusted=site / "botocore" / "cacert.pem",
    )


def typical(python: Measured, pycs: Pycs) -> Tree:
    """The rivals beside the packages that they import, as pip leaves them."""
    sources = digest_of(sorted((HERE / "rivals").glob("*.py")), relative_to=HERE)
    built = bundle(
        f"bench/typical-{pycs}",
        digest(pycs, python.version, _typical_site(python).hash, sources, _recipe()),
        lambda folder: _build_typical(folder, python, pycs),
    )
    return Tree(
        name=f"typical-{pycs}",
        path=(built.path,),
        trusted=built.path / "botocore" / "cacert.pem",
    )


def _function_hashes() -> list[str]:
    return [function_code(name).hash for name in function_names()]


def _recipe() -> str:
    playbook = ROOT / "clients" / CLIENT
    builders = [HERE / "trees.py", *sorted((ROOT / "infra" / "bundling").glob("*.py")), LOCK]
    written = (path for path in sorted(playbook.rglob("*")) if path.is_file())
    return digest_of([*builders, *written], relative_to=ROOT)


def _vendor(python: Measured) -> Bundle:
    def build(folder: Path) -> None:
        install(LOCK, folder, platform=None, version=python.minor)
        trim(folder)

    return bundle("bench/vendor", digest(python.minor, _recipe()), build)


def _typical_site(python: Measured) -> Bundle:
    """A tutorial's requirements, in the versions that we ship; nowhere else installed."""
    wanted = ("boto3", "aws-lambda-powertools[tracer]", "pydantic[email]", "jinja2")

    def build(folder: Path) -> None:
        command = [
            *(find_uv_bin(), "pip", "install", "--quiet", "--no-config", "--system-certs"),
            *("--python", sys.executable, "--no-python-downloads", "--only-binary", ":all:"),
            *("--python-version", python.minor, "-c", str(LOCK), "--link-mode", "copy"),
            *("--target", str(folder), *wanted),
        ]
        subprocess.run(command, check=True)  # noqa: S603 - our own venv's uv

    return bundle("bench/typical", digest(python.minor, LOCK.read_bytes(), *wanted), build)


def _build_ours(folder: Path, python: Measured, pycs: Pycs) -> None:
    site, task = folder / "opt" / "python", folder / "task"
    _copy(_vendor(python).path, site)
    _copy(package_layer().path / "python", site)
    with TemporaryDirectory() as scratch:
        compiled = compile_client(ROOT / "clients" / CLIENT, environment="dev")
        compiled.write(Path(scratch), {name: f"{name}-key" for name in compiled.files})
        _copy(Path(scratch), site)
    for name in function_names():
        _copy(function_code(name).path, task)
    _compile(folder, python, pycs)


def _build_typical(folder: Path, python: Measured, pycs: Pycs) -> None:
    _copy(_typical_site(python).path, folder)
    _copy(HERE / "rivals", folder)
    _compile(folder, python, pycs)


def _copy(source: Path, target: Path) -> None:
    """Data is linked: a copy of botocore's for each tree would take a minute."""
    shutil.copytree(
        source,
        target,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("__pycache__"),
        copy_function=_placed,
    )


def _placed(source: str, target: str) -> None:
    place: Callable[..., object] = shutil.copyfile if source.endswith(".py") else os.link
    try:
        place(source, target)
    except OSError:  # another file system
        shutil.copyfile(source, target)


def _compile(folder: Path, python: Measured, pycs: Pycs) -> None:
    mode = "unchecked-hash" if pycs is Pycs.UNCHECKED else "timestamp"
    command = [python.path, "-I", "-m", "compileall", "-q", "-f", "--invalidation-mode", mode]
    subprocess.run([*command, str(folder)], check=False)  # noqa: S603 - the measured Python
    if pycs is Pycs.STALE:
        for path in folder.rglob("*.py"):
            os.utime(path, (LONG_AGO, LONG_AGO))
