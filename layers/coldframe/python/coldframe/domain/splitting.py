"""Which share of a split a lead falls into: by the lead alone, so always into the same one."""

import hashlib
from typing import Final

from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import Share, Split

DIGITS: Final = 8
HOLDOUT: Final = "holdout"
"""Why something isn't done for a lead that is held out."""
ABOVE_ALL: Final = "g"
"""Greater, as text, than every draw."""


def draw(lead: str, journey: str, split: str) -> str:
    """Eight hexadecimal digits, spread evenly; the compiled machine computes the same."""
    return hashlib.sha256(f"{lead}/{journey}/{split}".encode()).hexdigest()[:DIGITS]


def bound(part: float) -> str:
    """What the draws of this part of all leads, 0 to 1, lie below."""
    drawn = round(part * 16**DIGITS)
    return ABOVE_ALL if drawn >= 16**DIGITS else f"{drawn:0{DIGITS}x}"


def share_of(split: Split, *, lead: str, journey: str, step: str) -> Share:
    """``step``: the split's own id."""
    drawn = draw(lead, journey, step)
    return next((each for each in split.shares if drawn < each.below), split.shares[-1])


def held_out(step: Step | None, *, journey: Journey, lead: str) -> bool:
    """The lead is in the holdout share of a split that lies before this step.

    None: a step that the journey doesn't know; nobody is held back there.
    """
    return step is not None and any(_in_holdout(split, journey, lead) for split in step.holdouts)


def _in_holdout(split: str, journey: Journey, lead: str) -> bool:
    stands = journey.steps.get(split)
    if stands is None or not isinstance(stands.action, Split):
        return False
    share = share_of(stands.action, lead=lead, journey=journey.journey, step=split)
    return share.name == stands.action.holdout
