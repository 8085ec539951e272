"""``python -m tests.bench.importing``: what an import of 1,000, 10,000 and 100,000 rows takes.

Each in a process of its own: processor seconds, and the most memory that it ever held.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from infra.playbook import compile_client
from tests.bench.importing.files import imported, written

SIZES = (1_000, 10_000, 100_000)
MEGABYTE = 1_000


def main() -> None:
    sys.stdout.write("    rows  CPU s  rows/CPU s  most held MB  above the first\n")
    first = 0.0
    for rows in SIZES:
        ran = subprocess.run(  # noqa: S603 - this very module
            [sys.executable, "-m", "tests.bench.importing", str(rows)],
            capture_output=True,
            check=True,
            text=True,
        )
        spent, held = json.loads(ran.stdout)
        first = first or held
        told = f"{rows:8,} {spent:6.1f} {rows / spent:11,.0f} {held:13.1f} {held - first:16.1f}"
        sys.stdout.write(told + "\n")


def one(rows: int) -> None:
    """Kilobytes are what Linux tells."""
    book = compile_client(Path("clients/bakery"), environment="dev")
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / "leads.csv", rows)
        began = time.process_time()
        imported(path, book)
        spent = time.process_time() - began
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    sys.stdout.write(json.dumps([spent, held]))


if __name__ == "__main__":
    one(int(sys.argv[1])) if len(sys.argv) > 1 else main()
