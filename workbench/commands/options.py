"""What several commands ask in the same words."""

from pathlib import Path
from typing import Annotated

import typer

from infra.place import Environment

CLIENT = Annotated[str, typer.Argument(help="The client's folder, e.g. bakery.")]
CLIENTS = Annotated[
    Path, typer.Option("--clients", metavar="DIR", help="Where the clients' folders are.")
]
ENVIRONMENT = Annotated[Environment, typer.Option("--env", help="The client's environment.")]
PROFILE = Annotated[
    str | None,
    typer.Option(help="An AWS profile: ask the deployed account, not this machine."),
]
AS_JSON = Annotated[bool, typer.Option("--json", help="Print JSON for tools.")]
