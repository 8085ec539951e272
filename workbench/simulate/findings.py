"""What a simulation found, as data for tools; the text says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbench.bill import prices
from workbench.simulate.behaviour import stated

if TYPE_CHECKING:
    from coldframe.domain.event_match import EventMatch
    from workbench.simulate.scene import Scene
    from workbench.simulate.tally import Tally

WEEK = 7 * 86_400
THOUSAND = 1_000


def findings(scene: Scene, tally: Tally) -> dict[str, Any]:
    return {
        "client": scene.client.client,
        "journey": scene.journey.journey,
        "leads": tally.leads,
        "days": scene.days,
        "seed": scene.seed,
        "comes_by": comes_by(scene),
        "behaviour": {name: value for name, value, _ in stated(scene.behaviour)},
        "entered": tally.entered,
        "steps": list(_steps(scene, tally)),
        "ended": {**dict(sorted(tally.ended.items())), "still inside": tally.inside},
        "goal": _goal(scene, tally),
        "mails": _mails(tally),
        "splits": [_split(scene, tally, split) for split in scene.splits],
        "happened": dict(sorted(tally.happened.items())),
        "cost": cost(tally),
    }


def comes_by(scene: Scene) -> str:
    if scene.comes_on:
        return f"{scene.comes_on.days} days from {scene.comes_on.date}"
    return told(scene.comes_by) if scene.comes_by else "hand"


def told(event: EventMatch) -> str:
    where = ", ".join(f"{name}: {value}" for name, value in event.where.items())
    return f"{event.kind} ({where})" if where else event.kind


def part(some: float, whole: float) -> float:
    return round(some / whole, 4) if whole else 0.0


def cost(tally: Tally) -> dict[str, Any]:
    """Per 1,000 mails; what isn't SES or Step Functions is the same for every journey."""
    mails = tally.mails
    transitions = tally.transitions * THOUSAND / mails if mails else 0.0
    money = transitions * prices.STATE_TRANSITION
    ses = prices.SES_MAIL * THOUSAND
    return {
        "mails": mails,
        "transitions": tally.transitions,
        "transitions_per_1000_mails": round(transitions, 1),
        "dollars_per_1000_mails": {
            "ses": round(ses, 4),
            "transitions": round(money, 4),
            "together": round(ses + money, 4),
        },
    }


def _steps(scene: Scene, tally: Tally) -> Iterator[dict[str, Any]]:
    for step in scene.journey.steps.values():
        leads, mailed = tally.steps[step.id], tally.mailed[step.id]
        found: dict[str, Any] = {
            "step": step.id,
            "does": step.kind,
            "leads": leads,
            "of_entered": part(leads, tally.entered),
        }
        if step.mail:
            has_links = bool(scene.mails[step.mail].links)
            found |= {
                "mailed": mailed,
                "opened": part(tally.opened[step.id], mailed),
                "clicked": part(tally.clicked[step.id], mailed) if has_links else None,
            }
        what = {deed: times for (name, deed), times in tally.told.items() if name == step.id}
        yield {**found, "what": dict(sorted(what.items()))}


def _goal(scene: Scene, tally: Tally) -> dict[str, Any] | None:
    if scene.goal is None:
        return None
    goal = scene.journey.goal
    days = sorted(seconds / 86_400 for seconds in tally.goals)
    return {
        "event": told(scene.goal),
        "within_days": goal.within / 86_400 if goal else None,
        "target": goal.target if goal else None,
        "reached": len(days),
        "rate": part(len(days), tally.entered),
        "in_time": tally.in_time,
        "rate_in_time": part(tally.in_time, tally.entered),
        "days_to_it": {name: _quantile(days, at) for name, at in (("half", 0.5), ("most", 0.9))},
    }


def _quantile(ordered: list[float], at: float) -> float | None:
    """The least of the values below which so great a part lies; None: there are none."""
    if not ordered:
        return None
    return round(ordered[min(len(ordered) - 1, int(at * len(ordered)))], 2)


def _mails(tally: Tally) -> dict[str, Any]:
    weeks = tally.seconds_inside / WEEK
    return {
        "sent": tally.mails,
        "per_lead": part(tally.mails, tally.entered),
        "per_lead_and_week": part(tally.mails, weeks),
        "leads_by_mails": _ordered(tally.mails_per_lead),
        "leads_by_most_in_7_days": _ordered(tally.most_in_a_week),
    }


def _ordered(counted: Counter[int]) -> dict[str, int]:
    return {str(number): counted[number] for number in sorted(counted)}


def _split(scene: Scene, tally: Tally, split: str) -> dict[str, Any]:
    """Each share by itself; a holdout against all who were treated."""
    action = scene.journey.steps[split].action
    names = [share.name for share in getattr(action, "shares", ())]
    held = getattr(action, "holdout", "")
    shares = [{"share": name, **_share(tally, split, [name])} for name in names]
    if not held:
        return {"split": split, "shares": shares}
    treated = _share(tally, split, [name for name in names if name != held])
    held_out = _share(tally, split, [held])
    lift = round(treated["goal_rate"] - held_out["goal_rate"], 4)
    compared = {"treated": treated, "held_out": held_out, "difference": lift}
    return {"split": split, "shares": shares, "holdout": compared}


def _share(tally: Tally, split: str, names: list[str]) -> dict[str, Any]:
    leads = sum(tally.shares[split, name] for name in names)
    goals = sum(tally.share_goals[split, name] for name in names)
    mails = sum(tally.share_mails[split, name] for name in names)
    return {
        "leads": leads,
        "goals": goals,
        "goal_rate": part(goals, leads),
        "mails_per_lead": part(mails, leads),
    }
