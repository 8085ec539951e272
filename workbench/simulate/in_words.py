"""A simulation's findings as text: plain, aligned, the same bytes wherever it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from workbench.simulate.behaviour import stated

if TYPE_CHECKING:
    from workbench.simulate.scene import Scene

BEHAVIOUR: Final = "How leads behave (yours to say: --set open=60%, or --behaviour FILE)"
LEFT_OUT: Final = (
    "Not simulated: other journeys and their mails; coming in a second time; faults of AWS, SES or"
    "\nwebhooks (texts and webhooks always succeed). Opens move nothing, as in production; a click"
    "\ncounts when the rules for real follows take it for a person's."
)


def report(scene: Scene, found: dict[str, Any]) -> str:
    parts = [
        [_head(found)],
        [
            "How leads behave (yours to say: --set open=60%, or --behaviour FILE)",
            *_behaviour(scene),
        ],
        ["Steps", *_steps(found)],
        ["Ends", *_ends(found)],
        _goal(found),
        _mails(found),
        *[_split(each) for each in found["splits"]],
        _happened(found),
        _cost(found),
        [LEFT_OUT],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def funnel(found: dict[str, Any]) -> str:
    """What came of it alone: who came how far, and how it ended."""
    splits = [_split(each) for each in found["splits"]]
    steps, ends = ["Steps", *_steps(found)], ["Ends", *_ends(found)]
    parts = [[_head(found)], steps, ends, _goal(found), _mails(found), *splits]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Two spaces before, two between; ``right``: columns of numbers."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            text.rjust(width) if column in right else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(f"  {'  '.join(cells)}".rstrip())
    return lines


def percent(rate: float) -> str:
    return f"{100 * rate:.1f}%"


def _head(found: dict[str, Any]) -> str:
    return (
        f"{found['client']}, {found['journey']}: {found['leads']:,} leads over {found['days']} days"
        f" (seed {found['seed']}), who come in by {found['comes_by']}"
    )


def _behaviour(scene: Scene) -> list[str]:
    rows = [(name, value, says) for name, value, says in stated(scene.behaviour)]
    return table(rows, right=frozenset({1})) if rows else []


def _steps(found: dict[str, Any]) -> list[str]:
    rows = [("step", "does", "leads", "of all", "what happened")]
    for each in found["steps"]:
        leads, of_all = f"{each['leads']:,}", percent(each["of_entered"])
        rows.append((each["step"], each["does"], leads, of_all, ", ".join(_what(each))))
    return table(rows, right=frozenset({2, 3}))


def _what(step: dict[str, Any]) -> Iterator[str]:
    if "mailed" in step:
        yield f"mailed {step['mailed']:,}"
        if step["mailed"]:
            yield f"opened {percent(step['opened'])}"
        if step["mailed"] and step["clicked"] is not None:
            yield f"clicked {percent(step['clicked'])}"
    for deed, times in step["what"].items():
        yield f"{deed.rstrip(': ')} {times:,}"


def _ends(found: dict[str, Any]) -> list[str]:
    rows = [
        (reason, f"{times:,}", percent(times / found["entered"] if found["entered"] else 0.0))
        for reason, times in found["ended"].items()
    ]
    return table(rows, right=frozenset({1, 2}))


def _goal(found: dict[str, Any]) -> list[str]:
    goal = found["goal"]
    if goal is None:
        return ["Goal", "  none is declared, and nothing that converts"]
    days = goal["within_days"]
    within = f", {percent(goal['rate_in_time'])} within {days:g} days" if days else ""
    target = f" (target {percent(goal['target'])})" if goal["target"] is not None else ""
    lines = [
        "Goal",
        f"  {goal['event']}: {goal['reached']:,} leads, {percent(goal['rate'])}{within}{target}",
    ]
    half, most = goal["days_to_it"]["half"], goal["days_to_it"]["most"]
    if half is not None:
        lines.append(f"  half of them within {half:g} days, nine in ten within {most:g}")
    return lines


def _mails(found: dict[str, Any]) -> list[str]:
    mails = found["mails"]
    weeks = ", ".join(
        f"{number}: {leads:,} leads" for number, leads in mails["leads_by_most_in_7_days"].items()
    )
    rates = f"{mails['per_lead']:g} a lead, {mails['per_lead_and_week']:g} a lead and week in it"
    return [
        "Mails",
        f"  {mails['sent']:,} in all, {rates}",
        f"  most in any 7 days: {weeks or 'none'}",
    ]


def _split(split: dict[str, Any]) -> list[str]:
    rows: list[tuple[str, ...]] = [("share", "leads", "goals", "rate", "mails a lead")]
    rows += [_share(each["share"], each) for each in split["shares"]]
    lines = [f"Split {split['split']}"]
    if held := split.get("holdout"):
        rows += [_share("(all treated)", held["treated"])]
        lines += table(rows, right=frozenset({1, 2, 3, 4}))
        points = 100 * held["difference"]
        return [*lines, f"  treated less held out: {points:+.1f} percentage points"]
    return [*lines, *table(rows, right=frozenset({1, 2, 3, 4}))]


def _share(name: str, share: dict[str, Any]) -> tuple[str, ...]:
    rate, mails = percent(share["goal_rate"]), f"{share['mails_per_lead']:g}"
    return name, f"{share['leads']:,}", f"{share['goals']:,}", rate, mails


def _happened(found: dict[str, Any]) -> list[str]:
    rows = [(f"{times:,}", name) for name, times in found["happened"].items()]
    return ["Also", *table(rows, right=frozenset({0}))] if rows else []


def _cost(found: dict[str, Any]) -> list[str]:
    dollars = found["cost"]["dollars_per_1000_mails"]
    transitions = f"{found['cost']['transitions_per_1000_mails']:,.0f} state transitions"
    moved, ses, sum_ = (f"${dollars[each]:.3f}" for each in ("transitions", "ses", "together"))
    return ["1,000 mails cost", f"  {transitions} {moved} + SES {ses} = {sum_}"]
