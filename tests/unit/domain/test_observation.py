"""Who was at work on a mail's links: a person or a machine, whatever the order of the evidence."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.evidence import Evidence
from coldframe.domain.message import LANDED, WAY_OUT, Message, MessageState
from coldframe.domain.observation import (
    KEPT,
    Follow,
    Observation,
    Verdict,
    human_follows,
    judged,
    observed,
)
from tests.fakes.clock import MONDAY

NOON = MONDAY + timedelta(hours=2)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
CUBOT = (
    "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 50) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/131.0.0.0 Mobile Safari/537.36"
)
MAIL = Message(
    lead="ada",
    id="m",
    mail="case-study",
    enrolment="e",
    journey="welcome",
    step="case-study",
    state=MessageState.SENT,
    at=MONDAY,
    sent_at=MONDAY,
    delivered_at=MONDAY + timedelta(seconds=1),
    links=3,
)
EMPTY = Observation(lead="ada", message="m")


def follow(seconds: float, link: int = 0, agent: str = FIREFOX, *, bot: bool = False) -> Evidence:
    at = NOON + timedelta(seconds=seconds)
    return Evidence(at=at, link=link, agent=agent, is_bot=bot)


def opened(seconds: float, agent: str = FIREFOX) -> Evidence:
    return Evidence(at=NOON + timedelta(seconds=seconds), link=None, agent=agent)


def verdict(*evidence: Evidence, mail: Message | None = MAIL, after: float = 60) -> Verdict:
    seen = observed(EMPTY, {str(number): each for number, each in enumerate(evidence)})
    return judged(seen, mail, NOON + timedelta(seconds=after)).verdict


@pytest.mark.parametrize(
    "evidence",
    [
        [follow(0)],
        [follow(0), follow(1)],
        [follow(0), follow(0.3), follow(1.4)],
        [follow(0), follow(5, 1)],
        [opened(0), follow(6)],
        [opened(0, "Mozilla/5.0"), follow(10)],
        [opened(0, "GoogleImageProxy"), follow(3, 2)],
        [follow(0, agent=CUBOT)],
        [follow(0), follow(40)],
    ],
)
def test_a_person_follows_one_link_and_then_perhaps_another(evidence: list[Evidence]) -> None:
    assert verdict(*evidence) is Verdict.HUMAN


@pytest.mark.parametrize(
    "evidence",
    [
        [follow(0), follow(1, 1)],
        [follow(0), follow(0, 2)],
        [follow(0), follow(1, 0), follow(2, 1)],
        [follow(0), follow(7, 1), follow(14, 2)],
        [follow(0, bot=True)],
        [follow(0, agent="curl/8.0")],
        [follow(0, agent="Mozilla/5.0")],
        [follow(0, agent="")],
        [follow(0, agent="Mozilla/5.0 (compatible; Barracuda Sentinel)")],
        [follow(0, agent="Mozilla/5.0 (compatible; bingbot/2.0)")],
        [follow(0), follow(9, 0, "python-requests/2.32")],
        [follow(0), follow(0.4), follow(0.9)],
        [opened(0, "Mozilla/5.0")],
    ],
    ids=[
        "two links at once",
        "two links at the same instant",
        "two links within 2 s among others",
        "every link of the mail",
        "SES says so",
        "an agent that is a tool",
        "an agent without a browser's name",
        "no agent at all",
        "a scanner that says its name",
        "a robot",
        "one of them by a tool",
        "one link three times within a second",
        "a picture fetched by Apple's proxy",
    ],
)
def test_a_machine_gives_itself_away(evidence: list[Evidence]) -> None:
    assert verdict(*evidence) is Verdict.MACHINE


@pytest.mark.parametrize("seconds", [-30, 0, 2])
def test_who_follows_before_or_as_the_mail_arrives_is_a_machine(seconds: float) -> None:
    arrived = replace(MAIL, delivered_at=NOON)

    assert verdict(follow(seconds), mail=arrived) is Verdict.MACHINE
    assert verdict(follow(seconds), mail=replace(MAIL, delivered_at=None, sent_at=NOON)) is (
        Verdict.MACHINE
    )
    assert verdict(follow(3), mail=replace(arrived, requested=True)) is Verdict.HUMAN


EARLY = replace(MAIL, delivered_at=NOON)


def landed(seconds: float) -> Evidence:
    return Evidence(at=NOON + timedelta(seconds=seconds), link=LANDED, agent="")


@pytest.mark.parametrize(
    ("evidence", "human"),
    [
        ([follow(5)], []),
        ([follow(5), landed(9)], [0]),
        ([follow(5), landed(3600)], [0]),
        ([follow(5), landed(3606)], []),
        ([follow(5), landed(3605)], [0]),
        ([landed(4), follow(5)], []),
        ([follow(5), landed(7), follow(9)], [0]),
        ([follow(5), follow(600, 1), landed(610)], [1]),
        ([follow(5), landed(9), follow(600, 1), landed(610)], [0, 1]),
        ([landed(9)], []),
    ],
    ids=[
        "a doubt",
        "settled within the 20 s",
        "settled in an hour",
        "too late",
        "in an hour to the second",
        "told before the link was followed",
        "told before it was followed again",
        "it speaks for the follow that led there",
        "each for its own",
        "nobody followed anything",
    ],
)
def test_a_follow_in_doubt_counts_once_its_page_tells_of_the_visit(
    evidence: list[Evidence], human: list[int]
) -> None:
    seen = observed(EMPTY, {str(number): each for number, each in enumerate(evidence)})

    assert sorted(human_follows(seen, EARLY, NOON + timedelta(hours=2))) == human


def test_a_page_that_tells_later_has_it_judged_at_once() -> None:
    before = judged(observed(EMPTY, {"a": follow(5)}), EARLY, NOON + timedelta(seconds=30))

    after = observed(before, {"b": landed(60)})

    assert (before.verdict, before.decide_at) == (Verdict.MACHINE, None)
    assert after.decide_at == NOON + timedelta(seconds=60)
    assert judged(after, EARLY, NOON + timedelta(seconds=61)).verdict is Verdict.HUMAN


def test_a_page_that_tells_begins_no_burst() -> None:
    seen = observed(EMPTY, {"a": landed(10), "b": follow(25)})

    assert human_follows(seen, MAIL, NOON + timedelta(seconds=44)) == {}
    assert sorted(human_follows(seen, MAIL, NOON + timedelta(seconds=45))) == [0]


def test_a_look_at_the_way_out_alone_is_neither_open_nor_click() -> None:
    out = Evidence(at=NOON, link=WAY_OUT, agent=FIREFOX)
    seen = observed(EMPTY, {"a": out})

    assert seen.decide_at is None
    assert judged(seen, MAIL, NOON + timedelta(minutes=1)).opened is None
    assert human_follows(seen, MAIL, NOON + timedelta(minutes=1)) == {}


def test_nothing_is_decided_before_20_seconds_have_passed() -> None:
    seen = observed(EMPTY, {"a": follow(0)})

    assert seen.decide_at == NOON + timedelta(seconds=20)
    assert verdict(follow(0), after=19.999) is Verdict.PENDING
    assert verdict(follow(0), after=20) is Verdict.HUMAN


def test_an_open_alone_has_nothing_to_be_decided() -> None:
    assert observed(EMPTY, {"a": opened(0)}).decide_at is None


def test_the_window_begins_with_the_first_event_of_any_kind() -> None:
    seen = observed(observed(EMPTY, {"a": opened(0)}), {"b": follow(5)})

    assert seen.decide_at == NOON + timedelta(seconds=20)


def test_a_person_after_a_machine_is_a_person() -> None:
    evidence = [follow(0), follow(0.2, 1), follow(0.4, 2), follow(3600, 1)]

    assert verdict(*evidence) is Verdict.MACHINE
    assert verdict(*evidence, after=3700) is Verdict.HUMAN


def test_only_the_persons_follows_count() -> None:
    evidence = {"s0": follow(0), "s1": follow(0.2, 1), "p": follow(3600, 1)}
    seen = observed(EMPTY, evidence)

    assert human_follows(seen, MAIL, NOON + timedelta(seconds=30)) == {}
    assert human_follows(seen, MAIL, NOON + timedelta(hours=2)) == {
        1: Follow(touchpoint="p", human=0.97)
    }


def test_a_mail_we_know_nothing_of_is_judged_by_the_rest() -> None:
    assert verdict(follow(0), mail=None) is Verdict.HUMAN


EVIDENCE = st.dictionaries(
    st.text("abcdefghijklmnop", min_size=1, max_size=3),
    st.builds(
        lambda seconds, link, agent: Evidence(
            at=NOON + timedelta(seconds=seconds), link=link, agent=agent
        ),
        st.integers(0, 90),
        st.one_of(st.none(), st.sampled_from([0, 1, 2, WAY_OUT, LANDED])),
        st.sampled_from([FIREFOX, "curl/8"]),
    ),
    max_size=12,
)


@given(EVIDENCE, st.randoms(), st.integers(0, 200))
def test_the_order_and_repeats_of_evidence_mean_nothing(
    evidence: dict[str, Evidence], order: Random, after: int
) -> None:
    now = NOON + timedelta(seconds=after)
    names = [*evidence, *(name for name in evidence if order.random() < 0.5)]
    order.shuffle(names)
    one_by_one = EMPTY
    for name in names:
        one_by_one = observed(one_by_one, {name: evidence[name]})

    assert judged(one_by_one, MAIL, now) == judged(observed(EMPTY, evidence), MAIL, now)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=70, max_size=90, unique=True), st.randoms())
def test_however_much_comes_what_is_kept_is_bounded_and_the_same(
    seconds: list[int], order: Random
) -> None:
    evidence = {str(each): follow(each, each % 3) for each in seconds}
    names = list(evidence)
    order.shuffle(names)
    seen = EMPTY
    for name in [*names, *names[:20]]:
        seen = observed(seen, {name: evidence[name]})

    by_time = sorted(evidence, key=lambda name: (evidence[name].at, name))
    assert set(seen.evidence) == {*by_time[:KEPT], *by_time[-KEPT:]}


@given(EVIDENCE, EVIDENCE)
def test_late_evidence_is_due_to_be_judged_with_the_rest(
    early: dict[str, Evidence], late: dict[str, Evidence]
) -> None:
    now = NOON + timedelta(hours=1)
    decided = judged(observed(EMPTY, early), MAIL, now)

    again = observed(decided, late)

    follows = [each for name, each in late.items() if name not in early and each.follows]
    assert (again.decide_at is not None) >= bool(follows)
    first: datetime | None = again.decide_at
    assert first is None or first <= now
    assert judged(again, MAIL, now).decide_at is None


def test_what_comes_20_seconds_after_the_first_is_another_burst() -> None:
    """Judged when its own 20 s are over, not with the scanner's that came before."""
    assert verdict(follow(0, agent="barracuda"), follow(19.999)) is Verdict.MACHINE
    assert verdict(follow(0, agent="barracuda"), follow(20)) is Verdict.HUMAN


def test_two_links_within_2_seconds_are_a_machine_and_3_seconds_apart_a_person() -> None:
    assert verdict(follow(0), follow(2, link=1)) is Verdict.MACHINE
    assert verdict(follow(0), follow(2.001, link=1)) is Verdict.HUMAN
    assert verdict(follow(0), follow(3, link=1)) is Verdict.HUMAN
