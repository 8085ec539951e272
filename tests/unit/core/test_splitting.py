"""The same lead falls into the same share, and shares are as large as they say."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.journey import Journey, Step
from coldframe.domain.journey_steps import Leave, Pass, Share, Split
from coldframe.domain.splitting import bound, draw, held_out, share_of

HALVES = Split(
    shares=(
        Share(name="a", below=bound(0.45), to="x"),
        Share(name="b", below=bound(0.9), to="y"),
        Share(name="holdout", below=bound(1), to="end"),
    ),
    holdout="holdout",
)
STEPS = {
    "test": Step(id="test", action=HALVES),
    "x": Step(id="x", action=Pass(), next="end"),
    "end": Step(id="end", action=Leave(reason="completed"), holdouts=("test",)),
}
JOURNEY = Journey(journey="welcome", title="Welcome", first="test", steps=STEPS)


@settings(deadline=None)
@given(lead=st.text(), journey=st.text(), split=st.text())
def test_a_draw_is_the_beginning_of_a_hash_that_machines_can_compute(
    lead: str, journey: str, split: str
) -> None:
    text = f"{lead}/{journey}/{split}".encode("utf-8", "replace")
    try:
        drawn = draw(lead, journey, split)
    except UnicodeEncodeError:
        return

    assert drawn == hashlib.sha256(text).hexdigest()[:8]


def test_each_share_gets_its_part_of_the_leads() -> None:
    shares = [
        share_of(HALVES, lead=f"lead-{number}", journey="welcome", step="test").name
        for number in range(10_000)
    ]

    assert abs(shares.count("a") - 4500) < 200
    assert abs(shares.count("b") - 4500) < 200
    assert abs(shares.count("holdout") - 1000) < 120


def test_a_share_ends_before_its_bound() -> None:
    at_the_bound = Share(name="a", below=draw("ada", "welcome", "test"), to="x")
    split = Split(shares=(at_the_bound, Share(name="b", below="g", to="y")))

    assert share_of(split, lead="ada", journey="welcome", step="test").name == "b"


def test_two_splits_divide_the_leads_anew() -> None:
    def share(lead: int, split: str) -> str:
        return share_of(HALVES, lead=f"lead-{lead}", journey="welcome", step=split).name

    in_a = [lead for lead in range(4000) if share(lead, "one") == "a"]
    again = sum(share(lead, "two") == "a" for lead in in_a)

    assert abs(again / len(in_a) - 0.45) < 0.04


def test_bounds_compare_as_text() -> None:
    assert (bound(0), bound(0.5), bound(1)) == ("00000000", "80000000", "g")
    assert bound(1) > draw("ada", "welcome", "test")


def test_only_the_holdout_is_held_out_and_only_after_the_split() -> None:
    leads = [f"lead-{number}" for number in range(200)]
    fell = {
        lead: share_of(HALVES, lead=lead, journey="welcome", step="test").name for lead in leads
    }

    held = {lead for lead in leads if held_out(STEPS["end"], journey=JOURNEY, lead=lead)}

    assert held == {lead for lead, share in fell.items() if share == "holdout"}
    assert not any(held_out(STEPS["x"], journey=JOURNEY, lead=lead) for lead in leads)
