"""A lead's score and standing as tables."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coldframe.domain.knowing.explaining import Earned, Explained, Placed
from workbench.leads.sources import Source
from workbench.window.wording import moment


def show(source: Source, found: Explained, *, zone: str) -> None:
    console, now = Console(highlight=False), source.now
    console.print(f"[dim]{escape(source.where)}; times in {zone}[/]\n")
    console.print(
        f"[bold]score {points(found.score)}[/]"
        f" = fit {points(found.fit)} + engagement {points(found.engagement)}"
    )
    if found.earned:
        table = Table(box=None, show_header=True, header_style="dim", padding=(0, 1))
        for head in ("", "now", "given", "why", "when"):
            table.add_column(head, justify="right" if head in {"now", "given"} else "left")
        for each in found.earned:
            dates = ", ".join(moment(at, zone, now=now) for at in each.dates)
            table.add_row(
                each.part, *_numbers(each), escape(each.why), escape(dates or each.because)
            )
        console.print(table)
    console.print()
    for placed in found.placed:
        since = f" since {moment(placed.since, zone, now=now)}" if placed.since else ""
        until = f" (until {moment(placed.until, zone, now=now)})" if placed.until else ""
        because = f": {placed.because}" if placed.because else ""
        console.print(
            f"[bold]{placed.about}[/] {escape(_named(placed))}{since}{escape(because)}"
            f"[dim]{until}[/]"
        )


def points(number: float) -> str:
    return f"{number:+g}" if number < 0 else f"{number:g}"


def _numbers(each: Earned) -> tuple[str, str]:
    return f"{each.points:+g}", f"{each.given:+g}" if each.given else ""


def _named(placed: Placed) -> str:
    return placed.name if placed.label == placed.name else f"{placed.name} ({placed.label})"
