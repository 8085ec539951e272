"""Bytecode that Lambda uses as it is, so that no cold start compiles what we ship.

CDK zips with the year 1980 on every file, which makes ordinary (timestamp) bytecode stale.
"""

import subprocess
from pathlib import Path

from infra.bundling.interpreter import NO_PYCS, lambda_python


def pyc_tag() -> str:
    """Part of every bundle's hash: what is shipped depends on whether bytecode is."""
    found = lambda_python()
    return f"cpython-{found.version.rpartition('.')[0]}-{found.magic}" if found else NO_PYCS


def compile_pycs(root: Path, *, shipped_as: str) -> None:
    """Put unchecked-hash bytecode beside every source; ``shipped_as`` is the path in tracebacks."""
    found = lambda_python()
    if found is None:
        return
    command = [
        *(found.path, "-I", "-m", "compileall", "-q", "-f", "-o", "0"),
        *("--invalidation-mode", "unchecked-hash"),
        *("-s", str(root), "-p", shipped_as, str(root)),
    ]
    subprocess.run(command, check=True, env={"PYTHONHASHSEED": "0"})  # noqa: S603 - a Python that this machine has
