"""Branches and splits of the tree, as the runtime reads them."""

from collections.abc import Sequence
from itertools import accumulate

from coldframe.domain.journey_steps import Arm, Branch, Share, Split
from coldframe.domain.splitting import bound
from infra.journeys import source
from infra.journeys.steps_reader import HOLDOUT, OTHERS

_WHOLE = 100


def branch(step: source.Branch, targets: Sequence[str], *, others: str) -> Branch:
    """``targets``: where each arm leads; ``others``: the way of those for whom none holds."""
    arms = [
        Arm(name=arm.name, when=arm.when, to=to) for arm, to in zip(step.arms, targets, strict=True)
    ]
    if not any(arm.is_else for arm in step.arms):
        arms.append(Arm(name=OTHERS, when=None, to=others))
    return Branch(arms=tuple(arms))


def split(step: source.Split, targets: Sequence[str], *, behind: str) -> Split:
    """``behind``: what follows the split; leads who are held out go straight there."""
    ways = [(share.name, share.percent, to) for share, to in zip(step.shares, targets, strict=True)]
    if step.holdout:
        ways.append((HOLDOUT, step.holdout, behind))
    sums = accumulate(percent for _, percent, _ in ways)
    shares = tuple(
        Share(name=name, below=bound(total / _WHOLE), to=to)
        for (name, _, to), total in zip(ways, sums, strict=True)
    )
    return Split(shares=shares, holdout=HOLDOUT if step.holdout else "")
