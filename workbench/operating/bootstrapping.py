"""What CloudFormation can't do, once per account and region: the price plan, the receipt rules."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

RULE_SET = "coldframe"
A_LA_CARTE = "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """``do`` is None where there is nothing to do, or where a person must decide."""

    told: str
    do: Callable[[], object] | None = None


def steps(sesv2: Any, ses: Any) -> list[Step]:
    """What is to be done, by what stands now: doing it twice changes nothing."""
    return [*_plan(sesv2), *_receipt_rules(ses)]


def quota(sesv2: Any) -> str:
    account = sesv2.get_account()
    told = account.get("SendQuota", {})
    where = "anybody" if account.get("ProductionAccessEnabled") else "verified addresses only"
    return (
        f"{told.get('Max24HourSend', 0):.0f} mails a day, {told.get('MaxSendRate', 0):.0f} a"
        f" second, to {where}; {told.get('SentLast24Hours', 0):.0f} sent in the last 24 hours"
    )


def _plan(sesv2: Any) -> list[Step]:
    told = sesv2.get_account().get("PricingAttributes", {})
    plan = told.get("NextPlan") or told.get("CurrentPlan") or A_LA_CARTE
    if plan == A_LA_CARTE:
        return [Step(told="mails are paid one by one already ($0.10 for 1,000)")]
    return [
        Step(
            told=f"leave SES's plan {plan.title()}: pay $0.10 for 1,000 mails, without a plan",
            do=lambda: sesv2.put_account_pricing_attributes(Plan=A_LA_CARTE),
        )
    ]


def _receipt_rules(ses: Any) -> list[Step]:
    active = ses.describe_active_receipt_rule_set().get("Metadata", {}).get("Name", "")
    if active == RULE_SET:
        return [Step(told=f"the receipt rule set {RULE_SET!r} is active already")]
    if active:
        return [
            Step(
                told=f"the receipt rule set {active!r} is active, and only one can be: answers to"
                f" Coldframe's mails don't arrive until you make {RULE_SET!r} the active one"
            )
        ]
    existing = [each["Name"] for each in ses.list_receipt_rule_sets().get("RuleSets", [])]
    made = (
        []
        if RULE_SET in existing
        else [
            Step(
                told=f"make the receipt rule set {RULE_SET!r}",
                do=lambda: ses.create_receipt_rule_set(RuleSetName=RULE_SET),
            )
        ]
    )
    activate = Step(
        told=f"make the receipt rule set {RULE_SET!r} the active one",
        do=lambda: ses.set_active_receipt_rule_set(RuleSetName=RULE_SET),
    )
    return [*made, activate]
