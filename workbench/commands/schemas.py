"""`coldframe schemas`: JSON Schemas of a client's YAML files, for editors."""

from pathlib import Path
from typing import Annotated

import typer

STALE, UNWRITTEN = 1, 2
PLACE = Path("docs/schemas")


def schemas(
    out: Annotated[Path, typer.Option("--out", help="Where to write them.")] = PLACE,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether they are fresh.")
    ] = False,
) -> None:
    """Write the schemas with which editors complete and check YAML. Exit code 1: not fresh."""
    from infra.playbook.schemas.all import SCHEMAS, stale, write

    if check:
        if old := stale(out):
            typer.echo(f"not fresh in {out}: {', '.join(old)}; run `coldframe schemas`", err=True)
            raise typer.Exit(STALE)
        typer.echo(f"{len(SCHEMAS)} schemas in {out} are fresh")
        return
    try:
        written = write(out)
    except OSError as problem:
        typer.echo(f"can't write to {out}: {problem.strerror}", err=True)
        raise typer.Exit(UNWRITTEN) from problem
    for path in written:
        typer.echo(str(path))
    typer.echo("\nBegin a file with the path to its schema, seen from that file:")
    for name, (files, _) in SCHEMAS.items():
        up = "../" * (files.count("/") + 2)
        typer.echo(f"  {files}: # yaml-language-server: $schema={up}{out}/{name}.schema.json")
