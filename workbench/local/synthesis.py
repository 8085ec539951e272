"""Clients' folders to a cloud assembly, in a process of its own, with its progress shown."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class SynthesisFailed(RuntimeError):
    """The text is what the synth said."""


def synthesize(
    clients: Path,
    *,
    environment: str,
    outdir: Path,
    say: Callable[[str], None],
    only: str | None = None,
) -> Path:
    """Run the CDK app as a deploy would; ``say`` hears each line of its progress."""
    command = [sys.executable, "-m", "infra.app", "--clients", str(clients), "--env", environment]
    command += ["--only", only] if only else []
    run = subprocess.Popen(  # noqa: S603 - our own app, our own interpreter
        command,
        cwd=ROOT,
        env={**os.environ, "CDK_OUTDIR": str(outdir), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in run.stdout or ():
        said.append(line)
        say(line.rstrip())
    if run.wait():
        raise SynthesisFailed("".join(said).strip())
    return outdir
