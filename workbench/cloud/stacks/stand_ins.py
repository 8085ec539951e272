"""Resource types that deploy as names only: the emulator has nothing behind them."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import uuid
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks

Properties = dict[str, Any]

STAND_INS = {
    "AWS::Budgets::Budget": "budget",
    "AWS::CloudWatch::CompositeAlarm": "alarm",
    "AWS::Events::Archive": "archive",
    "AWS::SES::ReceiptFilter": "receipt-filter",
    "AWS::SES::ReceiptRuleSet": "receipt-rule-set",
    "AWS::SES::Tenant": "tenant",
}
NAME_PROPERTIES = ("TenantName", "RuleSetName", "AlarmName", "ArchiveName")


def install(hooks: Hooks) -> None:
    """Add the listed types to the provisioner's table; any other unknown type still fails."""
    known = em.provisioners._RESOURCE_HANDLERS
    missing = {type_: _handlers(kind) for type_, kind in STAND_INS.items() if type_ not in known}
    hooks.set(em.provisioners, "_RESOURCE_HANDLERS", {**known, **missing}, expecting=dict)


def _handlers(kind: str) -> dict[str, Any]:
    def create(logical_id: str, properties: Properties, stack_name: str) -> tuple[str, Properties]:
        named = next((properties[key] for key in NAME_PROPERTIES if properties.get(key)), None)
        name = named or f"{stack_name}-{logical_id}-{uuid.uuid4().hex[:8]}"
        region, account = em.responses.get_region(), em.responses.get_account_id()
        service = "ses" if kind in ("tenant", "receipt-rule-set") else "cloudwatch"
        arn = f"arn:aws:{service}:{region}:{account}:{kind}/{name}"
        return name, {"Arn": arn, "TenantArn": arn, "Id": name, "TenantId": name, "Name": name}

    def delete(_physical_id: str, _properties: Properties) -> None:
        return None

    return {"create": create, "delete": delete}
