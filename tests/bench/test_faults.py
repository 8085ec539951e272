"""In the worst weather no mail goes twice, none after an opt-out, and none is lost.

``python -m tests.bench.faults --sends 10000 --seed N`` plays more of it.
"""

from dataclasses import replace
from typing import Any

import pytest

from coldframe.adapters import claims, gates
from tests.bench.faults.__main__ import tried
from tests.bench.faults.play import Play, played
from tests.bench.faults.tabled import a_table
from tests.bench.faults.truth import WitnessedGates, WitnessedLedger
from tests.bench.faults.verdict import judged
from tests.bench.faults.weather import CALM, Odds

STORM = replace(
    Odds(), dies=0.02, faulty=0.03, lost=0.02, conflict=0.08, ses_throttles=0.3, unheard=0.1
)
NOT_HEARD_BY_SES = replace(CALM, ses_loses_answer=0.5)
OPTING_OUT = replace(CALM, opts_out=0.3, ses_throttles=0.3)
OFTEN_OPTING_OUT = replace(OPTING_OUT, opts_out=0.7)


def test_in_calm_weather_every_mail_is_sent() -> None:
    verdict = tried(100, seed=0, odds=CALM)

    assert verdict.clean
    assert verdict.became.keys() == {"sent"}


@pytest.mark.parametrize("seed", range(1, 5))
def test_whatever_goes_wrong_every_mail_is_sent_once_refused_or_listed_as_unknown(
    seed: int,
) -> None:
    verdict = tried(200, seed=seed, odds=Odds())

    assert_clean(verdict)
    assert verdict.faults.total() > 100
    assert verdict.became["sent"] > 0.85 * verdict.mails


@pytest.mark.parametrize("seed", range(1, 3))
def test_in_a_storm_more_is_unknown_but_nothing_goes_twice(seed: int) -> None:
    assert_clean(tried(200, seed=seed, odds=STORM))


def test_a_client_that_repeats_calls_by_itself_would_be_seen() -> None:
    verdict = judged(played("repeating", leads=5, odds=NOT_HEARD_BY_SES, attempts=3))

    assert verdict.twice
    assert verdict.requests > verdict.calls


def test_a_claim_that_did_not_ask_the_gate_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WitnessedGates, "check", lambda *_, **__: None)

    verdict = judged(played("gate", leads=25, odds=OPTING_OUT))

    assert verdict.after_opt_out


def test_a_mail_that_anybody_may_send_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WitnessedLedger, "_check", lambda *_: None)

    verdict = judged(played("ledger", leads=25, odds=replace(STORM, unheard=0.5)))

    assert verdict.twice


def test_a_mail_nobody_comes_back_to_would_be_seen() -> None:
    play: Play = played("lost", leads=5, odds=CALM)
    key, row = next(iter(play.world.ledger.rows.items()))
    enrolment = play.world.enrolments.rows[row.lead, row.enrolment]
    del play.world.ledger.rows[key]
    play.world.enrolments.rows[row.lead, row.enrolment] = replace(enrolment, journey="")

    assert judged(play).lost


def assert_clean(verdict: object) -> None:
    wrong = ("twice", "after_opt_out", "over_cap", "lost", "untrue")
    assert {name: found for name in wrong if (found := getattr(verdict, name))} == {}
    assert getattr(verdict, "clean", False)


def test_so_it_is_over_the_real_adapters_of_the_table_and_of_ses() -> None:
    """Fewer: moto takes a fifth of a second per mail. `--table --sends 500` plays more."""
    with a_table() as client:
        play = played("table 1", leads=6, odds=STORM, client=client)
        verdict = judged(play)

    assert_clean(verdict)
    assert verdict.mails > 15
    assert verdict.faults.total() > 20


def test_botocore_s_own_repeats_would_be_seen_and_ours_makes_none() -> None:
    with a_table() as client:
        once = judged(played("b", leads=2, odds=NOT_HEARD_BY_SES, client=client))
    with a_table() as client:
        often = judged(played("b", leads=2, odds=NOT_HEARD_BY_SES, attempts=3, client=client))

    assert once.requests == once.calls
    assert not once.twice
    assert often.requests > often.calls
    assert often.twice


def test_an_adapter_that_did_not_ask_the_gate_would_be_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its conditions are left out of the claim's transaction."""
    asked = gates.counting

    def unasked(*told: Any, **more: Any) -> Any:
        (action,) = asked(*told, **more).values()
        keys = ("ConditionExpression", "ReturnValuesOnConditionCheckFailure")
        used = f"{action['UpdateExpression']}"
        named = {k: v for k, v in action["ExpressionAttributeNames"].items() if k in used}
        values = {k: v for k, v in action["ExpressionAttributeValues"].items() if k in used}
        kept = {name: each for name, each in action.items() if name not in keys}
        more_of_it = {"ExpressionAttributeNames": named, "ExpressionAttributeValues": values}
        return {"Update": {**kept, **more_of_it}}

    monkeypatch.setattr(claims, "counting", unasked)

    with a_table() as client:
        verdict = judged(played("gate", leads=5, odds=OFTEN_OPTING_OUT, client=client))

    assert verdict.after_opt_out
