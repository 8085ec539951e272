"""``coldframe bootstrap``: once per account and region, what CloudFormation can't do."""

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.commands.options import PROFILE
from workbench.commands.reaching import stop

if TYPE_CHECKING:
    from workbench.operating.bootstrapping import Step


def bootstrap(
    profile: PROFILE = None,
    region: Annotated[str | None, typer.Option(help="Else the profile's own.")] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Prepare an AWS account and region: SES without a price plan, and the receipt rule set.

    Says first what it will do, and does only what is not done yet.
    """
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    from workbench.operating.bootstrapping import quota, steps

    session = boto3.session.Session(profile_name=profile, region_name=region)
    try:
        sesv2, ses = session.client("sesv2"), session.client("ses")
        typer.echo(f"SES in {session.region_name}: {quota(sesv2)}")
        _carry_out(steps(sesv2, ses), sure=yes)
    except (BotoCoreError, ClientError) as problem:
        stop(str(problem))


def _carry_out(planned: "list[Step]", *, sure: bool) -> None:
    for step in planned:
        typer.echo(f"{'will' if step.do else 'note:'} {step.told}")
    to_do = [step for step in planned if step.do]
    if not to_do:
        typer.echo("nothing is left to do")
        return
    if not sure:
        typer.confirm("Do this?", abort=True)
    for step in to_do:
        if step.do:
            step.do()
            typer.echo(f"done: {step.told}")
