"""The Python that is measured: Lambda's own minor version if this machine has one."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from platform import python_version

from infra.bundling.cache import BUILD
from infra.bundling.interpreter import lambda_python


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    path: str
    version: str
    is_lambdas: bool

    @property
    def minor(self) -> str:
        return self.version.rpartition(".")[0]


def measured_python() -> Measured:
    """Without packages of its own: what isn't in a tree can't be imported."""
    found = lambda_python()
    path, version = (found.path, found.version) if found else (sys.executable, python_version())
    alone = BUILD / "bench" / f"python-{version}"
    if not (alone / "bin" / "python").exists():
        command = [path, "-m", "venv", "--without-pip", str(alone)]
        subprocess.run(command, check=True)  # noqa: S603 - a Python that this machine has
    place: Path = alone / "bin" / "python"
    return Measured(path=str(place), version=version, is_lambdas=found is not None)
