"""What an edit of a client's folder means for its journeys, and for the leads who are in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from coldframe.domain.journey import MIGRATE, Journey, Step
from coldframe.domain.journey_steps import Branch
from infra.journeys.retired import targets
from infra.playbook import CompiledClient
from workbench.journeys.step_words import effect, pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``step``: the one whose leads it is about; empty: the journey or a mail as a whole."""

    journey: str
    step: str
    what: str
    leads: str
    """What happens to those who are in flight."""
    danger: bool = False
    """It must not be deployed so."""


def changes(before: CompiledClient, after: CompiledClient) -> list[Change]:
    names = {*before.journeys, *after.journeys}
    found = [
        change
        for name in sorted(names)
        for change in _journey(name, before.journeys.get(name), after.journeys.get(name))
    ]
    return [*found, *_mails(before, after)]


def _journey(name: str, before: Journey | None, after: Journey | None) -> Iterator[Change]:
    if before is None:
        yield _of(name, "is new", "nobody is in it yet")
    elif after is None:
        yield replace(
            _of(
                name,
                "is gone",
                "their next step would find no journey and be marked stuck; deploy it with"
                " `status: closing` until nobody is in it, or with `stopped` to let all go now",
            ),
            danger=True,
        )
    else:
        yield from _status(name, before, after)
        yield from _deleted(before, after)
        yield from _kept(before, after)
        yield from _added(before, after)


def _of(journey: str, what: str, leads: str, step: str = "") -> Change:
    return Change(journey=journey, step=step, what=what, leads=leads)


def _status(name: str, before: Journey, after: Journey) -> Iterator[Change]:
    if before.status != after.status:
        leads = {
            "live": "they go on, and others may enter",
            "closing": "they go on to the end; nobody enters any more",
            "stopped": "each leaves at its next step, and gets nothing more",
        }[after.status]
        yield _of(name, f"was {before.status} and is {after.status}", leads)
    if before.send_window != after.send_window:
        leads = "their next mail heeds the new hours; one that waits already keeps its instant"
        yield _of(name, "has other hours for its mails", leads)
    if before.goal != after.goal:
        yield _of(name, "has another goal", "measured by it from now on, those in it too")


def _deleted(before: Journey, after: Journey) -> Iterator[Change]:
    for step in before.steps.values():
        if step.id in before.retired and step.id not in after.steps:
            gone = "is no longer kept"
            leads = "must be none; check the number of leads who stand at it"
            yield _of(before.journey, gone, leads, step.id)
        elif step.id not in after.steps or step.id in {*after.retired} - {*before.retired}:
            yield _one_deleted(step, after)


def _one_deleted(step: Step, after: Journey) -> Change:
    renamed = next((each for each in after.steps.values() if _same_claim(each, step)), None)
    once = f"; whoever got {step.claim!r} there doesn't get it again" if step.claim else ""
    if after.edits == "migrate":
        target = after.moved.get(step.id) or (renamed.id if renamed else "")
        if target:
            leads = (
                f"go on at {target!r} within minutes of the deployment; a wait there counts from"
                f" when they came to this one{once}"
            )
            return _of(after.journey, _what("is deleted", step), leads, step.id)
        hint = f"say where they go on: `moved: {{{step.id}: …}}`"
        change = _of(after.journey, _what("is deleted", step), hint, step.id)
        return replace(change, danger=True)
    if step.id in after.retired:
        leads = f"keep it, and all that follows it, as it was: it is retired{once}"
        return _of(after.journey, _what("is deleted", step), leads, step.id)
    hint = "keep it, but it isn't retired yet: run this command with --retire, and commit the file"
    change = _of(after.journey, _what("is deleted", step), hint, step.id)
    return replace(change, danger=True)


def _same_claim(one: Step, other: Step) -> bool:
    return bool(one.claim) and one.claim == other.claim and one.id != other.id


def _kept(before: Journey, after: Journey) -> Iterator[Change]:
    for step in after.steps.values():
        old = before.steps.get(step.id)
        if old is None or step.id in after.retired:
            continue
        if (old.action, old.claim) != (step.action, step.claim):
            leads = "who come to it do what it says now; who did it already don't do it again"
            what = f"is changed: {_words(effect(old))} → {_words(effect(step))}"
            yield _of(after.journey, what, leads, step.id)
        if _waited(old) != _waited(step):
            leads = _waiting(old, step, follows=after.edits == MIGRATE)
            yield _of(after.journey, _pauses(old, step), leads, step.id)
        elif set(targets(old)) != set(targets(step)):
            what = f"leads to {_listed(step)} instead of {_listed(old)}"
            yield _of(after.journey, what, _on_their_way(old, step, after), step.id)


def _waited(step: Step) -> object:
    """What it waits for, wherever that leads."""
    if step.wait_for:
        return replace(step.wait_for, then="", otherwise="")
    return replace(step.wait, skip_to=None) if step.wait else None


def _pauses(old: Step, step: Step) -> str:
    return f"pauses otherwise: {_words(pause(old))} → {_words(pause(step))}"


def _waiting(old: Step, step: Step, *, follows: bool) -> str:
    """``follows``: the journey's leads follow its edits."""
    if follows and old.pause is not None and step.pause is None:
        return "who wait already go on within minutes of the deployment"
    if follows and old.pause is not None:
        return (
            "who wait already wait what remains of it as it is now, counted from when it began;"
            " nothing at all if that is over"
        )
    if follows:
        return "who did this step already wait as well, from when they did it"
    if old.wait_for and step.wait_for:
        return (
            "who wait already keep their limit, and an event counts by what is asked now; who come"
            " to it wait as it says now"
        )
    if old.pause is None:
        return "who are past it are not held back; who come to it wait"
    return "who wait already keep the instant they were given; who come to it wait as it says now"


ON_THEIR_WAY = (
    "who are in it go on as it was when they entered, unless their run is resumed; who enter from"
    " now on go the new way"
)


def _on_their_way(old: Step, step: Step, after: Journey) -> str:
    if after.edits == MIGRATE:
        return "who stand before it, or at it, go the new way as well"
    if isinstance(step.action, Branch) and set(targets(step)) - set(targets(old)):
        return (
            "who come to it are decided by what it asks now, and go the new way if their old one"
            " has no such step; who are past it go on as they were"
        )
    return ON_THEIR_WAY


def _added(before: Journey, after: Journey) -> Iterator[Change]:
    for step in after.steps.values():
        if step.id not in before.steps and step.id not in after.retired:
            leads = "is on the way of those who enter, or whose run is resumed, from now on"
            if after.edits == MIGRATE:
                leads = "is on the way of those who enter, and of all who stand before it"
            yield _of(after.journey, _what("is new", step), leads, step.id)


def _mails(before: CompiledClient, after: CompiledClient) -> Iterator[Change]:
    used = {step.mail for journey in after.journeys.values() for step in journey.steps.values()}
    for name, mail in after.mails.items():
        old = before.mails.get(name)
        if old and name in used and old.content_hash != mail.content_hash:
            what = f"mail {name!r} says something else"
            leads = "who haven't been sent it get the new words; nobody gets it twice"
            yield _of("", what, leads)


def _what(what: str, step: Step) -> str:
    told = ", then ".join(filter(None, (_words(effect(step)), _words(pause(step)))))
    return f"{what} ({told})" if told else what


def _words(told: tuple[str, str]) -> str:
    return " ".join(filter(None, told))


def _listed(step: Step) -> str:
    return " or ".join(map(repr, sorted(set(targets(step))))) or "the end"


def retirable(before: Journey, after: Journey, standing: Mapping[str, int] | None) -> list[str]:
    """Deleted steps that leads can still reach: those they stand at, and all that follow.

    ``standing``: step → leads; None: nobody counted, so every deleted step is kept.
    """
    deleted = [name for name in before.steps if name not in after.steps or name in after.retired]
    if standing is None:
        return deleted
    reached, todo = set[str](), [name for name, leads in standing.items() if leads]
    while todo:
        name = todo.pop()
        if name in before.steps and name not in reached:
            reached.add(name)
            todo += targets(before.steps[name])
    return [name for name in deleted if name in reached]
