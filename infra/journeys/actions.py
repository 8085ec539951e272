"""What a step of the tree does, as the runtime reads it, and what it claims to do once."""

from coldframe.domain import journey_steps as steps
from infra.journeys import source
from infra.journeys.path_checks import claim_of
from infra.journeys.times import seconds
from infra.reading.nodes import Located


def action_and_claim(step: source.Step) -> tuple[steps.Action, str]:
    match step:
        case source.Send(mail=mail):
            return steps.Send(mail=_of(mail)), claim_of(_of(mail), step)
        case source.SendText(text=text):
            return steps.SendText(text=_of(text)), claim_of(_of(text), step)
        case source.HandOff(to=to):
            return steps.HandOff(to=to), f"hand_off:{step.id}"
        case source.Notify():
            return _notify(step), f"notify:{step.id}"
        case source.CallWebhook(webhook=name):
            return steps.CallWebhook(webhook=_of(name)), f"webhook:{step.id}"
        case _:
            return _plain(step), ""


def _plain(step: source.Step) -> steps.Action:
    """What needs no claim: done twice it is the same."""
    match step:
        case source.SetFields(values=values):
            return steps.SetFields(values=values)
        case source.GiveScore(points=points, why=why):
            return steps.GiveScore(points=points, why=why)
        case source.StopMarketing(why=why):
            return steps.StopMarketing(why=why)
        case source.EnrolIn(journey=name):
            return steps.EnrolIn(journey=_of(name))
        case source.Leave(reason=reason):
            return steps.Leave(reason=_of(reason))
        case source.Wait() | source.WaitFor():
            return steps.Pass()
        case _:
            raise TypeError(f"a checked journey holds no {type(step).__name__}")


def _notify(step: source.Notify) -> steps.Notify:
    return steps.Notify(
        to=_of(step.to), text=step.text, task=step.task, within=seconds(step.within)
    )


def _of(name: Located[str] | None) -> str:
    return name.value if name else ""
