"""What a step does, waits for and leads to, in the few words that fit a box."""

from collections.abc import Iterator

from coldframe.domain import journey_steps as does
from coldframe.domain.journey import Step
from workbench.window.wording import duration, event

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORKING_DAYS = (0, 1, 2, 3, 4)


def effect(step: Step) -> tuple[str, str]:
    """Title and detail of what the step does."""
    match step.action:
        case does.Send(mail=named) | does.SendText(text=named):
            return named, "mail" if step.mail else "text message"
        case does.Branch(arms=arms):
            return "Which way?", f"{len(arms)} ways"
        case does.Split(shares=shares):
            return step.id, f"split in {len(shares)}"
        case does.HandOff() | does.EnrolIn() | does.Leave():
            return _leads_on(step)
        case _:
            return _told(step)


def _leads_on(step: Step) -> tuple[str, str]:
    match step.action:
        case does.EnrolIn(journey=journey):
            return journey, "enters this journey too"
        case does.Leave(reason=reason):
            return "Exit", reason
        case _:
            return "Hand-off", "to the owner"


def _told(step: Step) -> tuple[str, str]:
    match step.action:
        case does.SetFields(values=values):
            return "Set fields", ", ".join(values)
        case does.GiveScore(points=points, why=why):
            return f"{points:+d} points", why
        case does.StopMarketing(why=why):
            return "No more marketing", why
        case does.Notify(to=to, task=task, within=within):
            limit = f" within {duration(within)}" if within else ""
            return (f"Task for {to}", f"to be done{limit}") if task else (f"Tell {to}", "notice")
        case does.CallWebhook(webhook=name):
            return name, "webhook"
        case _:
            return step.id, ""


def pause(step: Step) -> tuple[str, str]:
    """Title and detail of what is waited for after it."""
    if step.wait_for is not None:
        what = event(step.wait_for.when).removeprefix("a ").removeprefix("an ")
        return f"{what[0].upper()}{what[1:]}?", f"within {duration(step.wait_for.limit)}"
    wait = step.wait
    if wait is None:
        return "", ""
    hour = at_wall(wait.until) if wait.until else ""
    if wait.date is not None:
        name, days, hour = wait.date.field, wait.date.days, clock(wait.date.minute)
        return (near("", days), f"{name}, {hour}") if days else (f"Wait for {name}", f"at {hour}")
    if wait.computed is not None:
        return "Wait", ", then until ".join(filter(None, (wait.computed.source, hour)))
    if wait.seconds is None:
        return f"Wait until {hour}", ""
    return f"Wait {duration(wait.seconds)}", f"then until {hour}" if hour else ""


def ways(step: Step) -> Iterator[tuple[str | None, str]]:
    """Where the way goes on, each with the word at its line; None: the journey ends."""
    match step.action:
        case does.Branch(arms=arms):
            yield from ((arm.to, arm.name) for arm in arms)
            return
        case does.Split(shares=shares):
            yield from ((share.to, share.name) for share in shares)
            return
    if step.wait_for is not None:
        yield step.wait_for.then, "yes"
        yield step.wait_for.otherwise, "no"
        return
    yield step.next, ""
    if step.wait is not None and step.wait.skip_to:
        yield step.wait.skip_to, "if past"


def near(field: str, days: int) -> str:
    """`60 days before renewal_on`."""
    if not days:
        return field
    side = "before" if days < 0 else "after"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {side} {field}".strip()


def at_wall(at: does.LocalTime) -> str:
    return f"{weekdays(at.weekdays)} {clock(at.minute)}".strip()


def weekdays(days: tuple[int, ...]) -> str:
    """Empty for all of them."""
    if days == _WORKING_DAYS:
        return "weekdays"
    return "" if len(days) == len(_DAYS) else ", ".join(_DAYS[day] for day in days)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
