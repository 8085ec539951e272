"""The Python 3.13 that compiles what we ship, if this machine has one."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which

from uv import find_uv_bin

VERSION = "3.13"
NO_PYCS = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreter:
    path: str
    version: str
    """As in ``3.13.0``."""
    magic: str
    """What its bytecode begins with, in hex: two releases may differ in it."""


@cache
def lambda_python() -> Interpreter | None:
    """A CPython of Lambda's minor version; None when nothing here is one."""
    return next((found for path in _candidates() if (found := _asked(path))), None)


def _candidates() -> Iterator[str]:
    yield sys.executable
    yield from _said_by_uv()
    versions = Path.home() / ".pyenv" / "versions"
    yield from (str(path / "bin" / "python") for path in sorted(versions.glob(f"{VERSION}*")))
    if on_path := which(f"python{VERSION}"):
        yield on_path


def _said_by_uv() -> Iterator[str]:
    for preference in ("--managed-python", "--no-managed-python"):
        command = [find_uv_bin(), "python", "find", "--no-python-downloads", preference, VERSION]
        said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own venv's uv
        if said.returncode == 0:
            yield said.stdout.strip()


def _asked(path: str) -> Interpreter | None:
    question = (
        "import sys, platform, importlib.util as u;"
        "print(sys.implementation.name, platform.python_version(), u.MAGIC_NUMBER.hex())"
    )
    try:
        said = subprocess.run(  # noqa: S603 - a Python that this machine has
            [path, "-I", "-c", question], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    name, version, magic = said.stdout.split()
    if name != "cpython" or not version.startswith(f"{VERSION}."):
        return None
    return Interpreter(path=path, version=version, magic=magic)
