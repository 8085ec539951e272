"""What is left to do in an account is done once, and nobody's mail is taken away."""

from tests.unit.operating.ses import Ses
from workbench.operating.bootstrapping import steps


def carry_out(ses: Ses) -> list[str]:
    for step in steps(ses, ses):
        if step.do:
            step.do()
    return ses.done


def test_bootstrap_leaves_the_plan_and_makes_the_rule_set_the_active_one() -> None:
    ses = Ses(active="")
    ses.account["PricingAttributes"] = {"CurrentPlan": "ESSENTIALS"}

    assert carry_out(ses) == ["plan NONE", "create coldframe", "activate coldframe"]


def test_bootstrap_twice_is_bootstrap_once() -> None:
    ses = Ses(active="")
    carry_out(ses)
    ses.done.clear()

    assert carry_out(ses) == []


def test_bootstrap_takes_nobody_elses_mail_away() -> None:
    ses = Ses(active="the-agency's-own")

    told = [step.told for step in steps(ses, ses) if "only one can be" in step.told]

    assert len(told) == 1
    assert carry_out(ses) == []
