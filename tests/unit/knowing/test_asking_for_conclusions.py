"""Which conditions need the conclusions, and which only what a lead told."""

import pytest

from coldframe.domain.conditions.nodes import Condition, Const, Type
from coldframe.domain.knowing.asking import told_by
from coldframe.domain.knowing.concluding import facts_at
from tests.unit.knowing.happening import day, posted
from tests.unit.knowing.living import Life, reactions_of
from tests.unit.knowing.test_membership import BAKERY
from tests.unit.knowing.test_scores import scoring


def asking(*fields: str, segments: tuple[str, ...] = ()) -> Condition:
    tree = Const(value=True, type=Type.BOOLEAN)
    return Condition(source="", type=Type.BOOLEAN, tree=tree, fields=fields, segments=segments)


def test_every_field_that_is_drawn_counts_as_concluded() -> None:
    reactions = reactions_of({"s0": "score >= 7"}, BAKERY, scoring=scoring())
    life = Life(reactions)
    life.hear(posted())
    assert life.profile

    facts = facts_at(life.profile, reactions.knowing, day(1))

    drawn = facts.fields.keys() - told_by(life.profile).keys()
    assert {"score", "tier", "lifecycle"} <= drawn
    assert all(reactions.knowing.concludes(asking(name)) for name in drawn)
    assert reactions.knowing.concludes(asking(segments=("s0",)))


@pytest.mark.parametrize("told", ["first_name", "topics", "created_at"])
def test_what_was_told_needs_no_conclusions(told: str) -> None:
    assert not reactions_of({}, BAKERY, scoring=scoring()).knowing.concludes(asking(told))
