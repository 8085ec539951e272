"""The CDK app: ``python -m infra.app`` turns clients' folders into stacks.

Needs no AWS, no Docker and no Node of the machine's own.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from infra.bundling.cache import ROOT
from infra.node import use_bundled_node
from infra.place import ENVIRONMENTS
from infra.playbook.compiled import CompiledClient
from infra.playbook.compiler import all_clients, compile_client
from infra.reading.problems import PlaybookProblems


def main() -> int:
    options = _options()
    try:
        clients = _compiled(options.clients, environment=options.env, only=options.only)
    except PlaybookProblems as problems:
        sys.stderr.write(f"{problems}\n")
        return 1
    use_bundled_node()
    from infra.summary import findings, summary
    from infra.synth import synthesize

    outdir = Path(os.environ.get("CDK_OUTDIR", "cdk.out"))
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    try:
        stages = synthesize(clients, environment=options.env, outdir=outdir, context=context)
    except RuntimeError as failed:
        if "ValidationFailed" not in str(failed):
            raise
        sys.stderr.write(findings(outdir))
        return 1
    sys.stdout.write(summary(stages, outdir=outdir))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.app", description=__doc__)
    parser.add_argument(
        "--clients", type=Path, default=ROOT / "clients", metavar="DIR", help="clients' folders"
    )
    parser.add_argument("--env", choices=ENVIRONMENTS, default="dev", help="default: dev")
    parser.add_argument("--only", metavar="CLIENT", help="this client alone")
    return parser.parse_args()


def _compiled(folder: Path, *, environment: str, only: str | None) -> dict[str, CompiledClient]:
    found = {path.name: path for path in all_clients(folder)}
    wanted = {name: path for name, path in found.items() if only in (None, name)}
    if not wanted:
        known = ", ".join(found) or "none"
        raise SystemExit(f"no client {only or ''} in {folder}; there are: {known}")
    return {name: compile_client(path, environment=environment) for name, path in wanted.items()}


if __name__ == "__main__":
    sys.exit(main())
