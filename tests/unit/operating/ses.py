"""SES as far as operators' commands ask it."""

from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError


@dataclass
class Ses:
    """SES as far as it is asked here, v1 and v2."""

    account: dict[str, Any] = field(
        default_factory=lambda: {
            "ProductionAccessEnabled": True,
            "SendingEnabled": True,
            "EnforcementStatus": "HEALTHY",
            "SendQuota": {"Max24HourSend": 50000.0, "MaxSendRate": 14.0, "SentLast24Hours": 3.0},
            "PricingAttributes": {"CurrentPlan": "NONE"},
        }
    )
    identity: dict[str, Any] | None = field(
        default_factory=lambda: {
            "VerifiedForSendingStatus": True,
            "DkimAttributes": {"Status": "SUCCESS", "Tokens": ["t1", "t2", "t3"]},
            "MailFromAttributes": {"MailFromDomainStatus": "SUCCESS"},
        }
    )
    active: str = "coldframe"
    rule_sets: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def get_account(self) -> dict[str, Any]:
        return self.account

    def get_email_identity(self, **_asked: str) -> dict[str, Any]:
        if self.identity is None:
            raise ClientError({"Error": {"Code": "NotFoundException"}}, "GetEmailIdentity")
        return self.identity

    def describe_active_receipt_rule_set(self) -> dict[str, Any]:
        return {"Metadata": {"Name": self.active}} if self.active else {}

    def list_receipt_rule_sets(self) -> dict[str, Any]:
        return {"RuleSets": [{"Name": name} for name in self.rule_sets]}

    def put_account_pricing_attributes(self, *, Plan: str) -> None:  # noqa: N803 - SES's own name
        self.account["PricingAttributes"] = {"CurrentPlan": Plan}
        self.done.append(f"plan {Plan}")

    def create_receipt_rule_set(self, *, RuleSetName: str) -> None:  # noqa: N803 - SES's own name
        self.rule_sets.append(RuleSetName)
        self.done.append(f"create {RuleSetName}")

    def set_active_receipt_rule_set(self, *, RuleSetName: str) -> None:  # noqa: N803 - SES's own name
        self.active = RuleSetName
        self.done.append(f"activate {RuleSetName}")
