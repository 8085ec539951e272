"""Steps that an edit deleted, kept for the leads who stand at them: journeys/.retired/."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from coldframe.adapters.journey_documents import journey_of
from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import Branch, Split
from infra.reading.problems import Spot

PLACE: Final = "journeys/.retired"


def read_retired(folder: Path) -> dict[str, Mapping[str, Step]]:
    """Journey → its retired steps. These files are written by `coldframe diff --retire`."""
    found = {}
    for path in sorted((folder / PLACE).glob("*.json")):
        found[path.stem] = journey_of(json.loads(path.read_text(encoding="utf-8"))).steps
    return found


def write_retired(folder: Path, before: Journey, kept: Mapping[str, Step]) -> Path | None:
    """The steps of a journey as it was; None, and the file goes, if there are none."""
    path = folder / PLACE / f"{before.journey}.json"
    if not kept:
        path.unlink(missing_ok=True)
        return None
    path.parent.mkdir(exist_ok=True)
    document = asdict(replace(before, steps=kept, first=next(iter(kept)), retired=()))
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def with_retired(journey: Journey, retired: Mapping[str, Step]) -> Journey:
    more = {name: step for name, step in retired.items() if name not in journey.steps}
    return replace(journey, steps={**journey.steps, **more}, retired=tuple(more))


def check_retired(journey: Journey, spot: Spot, mails: Collection[str]) -> None:
    """A retired step must have its mail and lead somewhere, as when leads came to it."""
    for name in journey.retired:
        mail = journey.steps[name].mail
        if mail and mail not in mails:
            spot.report(
                f"its retired step {name!r} still sends {mail!r} to the leads who stand before"
                f" it; keep emails/{mail}.md until none does"
            )
        for target in targets(journey.steps[name]):
            if target not in journey.steps:
                spot.report(
                    f"its retired step {name!r} leads to {target!r}, which is no more; run"
                    " `coldframe diff --retire` against what is deployed"
                )


def targets(step: Step) -> Iterator[str]:
    match step.action:
        case Branch(arms=ways) | Split(shares=ways):
            yield from (way.to for way in ways)
            return
    if step.wait_for:
        yield from (step.wait_for.then, step.wait_for.otherwise)
        return
    yield from (name for name in (step.next, step.wait.skip_to if step.wait else None) if name)
