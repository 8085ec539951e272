from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.conditions.memory import memory_key, merged, remember
from coldframe.domain.conditions.nodes import MemoryRule
from coldframe.domain.touchpoint import Touchpoint
from tests.unit.conditions.examples import NOW, remembered, touchpoint, viewed


def rule(keep: int, *, kind: str = "page.viewed", first: bool = False, **where: str) -> MemoryRule:
    key = memory_key(kind, where, first=first)
    return MemoryRule(key=key, kind=kind, where=where, keep=keep, first=first)


RULES = (
    rule(1),
    rule(3, path="/p*"),
    rule(1, first=True),
    rule(1, first=True, path="/p*"),
    rule(2, kind="form.submitted"),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Touchpoint]:
    ago = st.integers(0, 20).map(lambda hours: timedelta(hours=hours, microseconds=hours * 7))
    paths, kinds = (
        st.sampled_from(["/", "/pricing", "/p"]),
        st.sampled_from(["page.viewed", "form.submitted", "unsubscribed"]),
    )
    one = st.builds(lambda kind, ago, path: touchpoint(kind, ago=ago, path=path), kinds, ago, paths)
    return draw(st.lists(one, max_size=12))


@given(history=histories(), data=st.data())
def test_memory_is_a_function_of_the_set_of_touchpoints(
    history: list[Touchpoint], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(history), max_size=6)) if history else []
    shuffled = data.draw(st.permutations(history + again))

    assert remembered(RULES, *shuffled) == remembered(RULES, *history)


@given(history=histories())
def test_memory_keeps_the_newest_few_and_the_very_first(history: list[Touchpoint]) -> None:
    views = {
        (t.occurred_at.replace(microsecond=t.occurred_at.microsecond // 1000 * 1000), t.id)
        for t in history
        if t.kind == "page.viewed" and str(t.data["path"]).startswith("/p")
    }

    memory = remembered(RULES, *history)

    assert memory.get(RULES[1].key, ()) == tuple(sorted(views, reverse=True)[:3])
    assert memory.get(RULES[3].key, ()) == tuple(sorted(views)[:1])


def test_one_id_stands_once_whatever_instants_it_came_with() -> None:
    early = viewed("/", days_ago=3)
    late = replace(early, occurred_at=NOW)

    for one in (rule(5), rule(1, first=True)):
        memory = remembered((one,), early, late)
        assert memory == remembered((one,), late, early)
        assert memory[one.key] == ((early.occurred_at if one.first else NOW, early.id),)


def test_memory_is_as_fine_as_what_is_stored() -> None:
    happened = replace(viewed("/", days_ago=3), occurred_at=NOW + timedelta(microseconds=1999))

    assert remembered((rule(1),), happened)[rule(1).key][0][0] == NOW + timedelta(milliseconds=1)


def test_what_no_rule_asks_for_changes_nothing() -> None:
    memory = remembered(RULES, viewed("/", days_ago=1))

    assert remember(memory, touchpoint("unsubscribed", ago=timedelta()), RULES) is memory
    assert remember(memory, viewed("/", days_ago=1), RULES) is memory


def test_conditions_that_count_the_same_share_one_memory() -> None:
    assert merged([rule(2), rule(5), rule(1)]) == (rule(5),)
