"""The `coldframe` command: assembles what `workbench/commands` holds, one file each."""

import typer

from workbench.commands.check import check
from workbench.commands.demo import demo
from workbench.commands.smoke import smoke
from workbench.commands.up import up

app = typer.Typer(
    name="coldframe",
    help="Lead nurturing that lives in your own AWS account.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


@app.callback()
def coldframe() -> None:
    """Commands follow; each has its own --help."""


for command in (check, demo, up, smoke):
    app.command()(command)
