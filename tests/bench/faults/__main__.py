"""``python -m tests.bench.faults``: mails sent in the worst weather, and what became of each."""

from contextlib import nullcontext
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tests.bench.faults.play import played
from tests.bench.faults.tabled import a_table
from tests.bench.faults.verdict import Verdict, judged
from tests.bench.faults.weather import CALM, Odds

LEADS_A_WORLD = 25


def faults(
    *,
    sends: Annotated[int, typer.Option(help="So many mails at least.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Another one, other faults.")] = 1,
    table: Annotated[
        bool, typer.Option("--table", help="Over DynamoDB's and SES's real adapters, on moto.")
    ] = False,
    calm: Annotated[bool, typer.Option("--calm", help="Nothing goes wrong.")] = False,
) -> None:
    """Play leads through a journey, a broadcast and all faults; fail if a promise is broken."""
    verdict = tried(sends, seed=seed, odds=CALM if calm else Odds(), table=table)
    console = Console(width=100)
    console.print(_shares(verdict), _promises(verdict), _faults(verdict))
    for name in ("twice", "after_opt_out", "over_cap", "lost", "untrue"):
        for what in getattr(verdict, name)[:5]:
            console.print(f"{name}: {what}", style="red")
    raise typer.Exit(0 if verdict.clean else 1)


def tried(sends: int, *, seed: int, odds: Odds, table: bool = False) -> Verdict:
    whole, number = Verdict(), 0
    while whole.mails < sends:
        with a_table() if table else nullcontext() as client:
            named = f"{seed}/{number}"
            whole.add(judged(played(named, leads=LEADS_A_WORLD, odds=odds, client=client)))
        number += 1
    return whole


def _shares(verdict: Verdict) -> Table:
    table = Table(title=f"{verdict.mails:,} mails to {verdict.leads:,} leads", title_justify="left")
    for heading in ("became", "mails", "share"):
        table.add_column(heading, justify="left" if heading == "became" else "right")
    for state, mails in verdict.became.most_common():
        table.add_row(state, f"{mails:,}", f"{mails / verdict.mails:.2%}")
        if state == "refused":
            for why, times in verdict.whys.most_common():
                table.add_row(f"  {why}", f"{times:,}", f"{times / verdict.mails:.2%}")
    return table


def _promises(verdict: Verdict) -> Table:
    table = Table(title="what must not be", title_justify="left")
    table.add_column("")
    table.add_column("mails", justify="right")
    table.add_row("sent twice", str(len(verdict.twice)))
    table.add_row(
        f"begun after one of {verdict.opted_out:,} opt-outs", str(len(verdict.after_opt_out))
    )
    table.add_row("claimed over a cap", str(len(verdict.over_cap)))
    table.add_row("lost", str(len(verdict.lost)))
    table.add_row("on the books otherwise than at SES", str(len(verdict.untrue)))
    table.add_row("requests beyond one per call", str(verdict.requests - verdict.calls))
    table.caption = (
        f"{verdict.on_their_way} were on their way to SES when the opt-out came;"
        f" {verdict.stuck} runs are stuck, and an alarm says so"
    )
    return table


def _faults(verdict: Verdict) -> Table:
    table = Table(title="what went wrong", title_justify="left")
    table.add_column("")
    table.add_column("times", justify="right")
    for what, times in verdict.faults.most_common():
        table.add_row(what, f"{times:,}")
    return table


if __name__ == "__main__":
    typer.run(faults)
