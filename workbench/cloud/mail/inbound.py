"""Mail that comes in: the deployed receipt rules, and what they do with it."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.clock import VirtualClock
from workbench.cloud.hooks import Hooks
from workbench.cloud.mail.receipt import Receipt, Verdicts, event, matching, stored
from workbench.cloud.permissions import receiving

RULE = "AWS::SES::ReceiptRule"
LARGEST = 40 * 1024 * 1024
Properties = dict[str, Any]


class MailRefused(Exception):
    """The sender's mail server hears of it: nobody here takes mail for these recipients."""


@dataclass(frozen=True, slots=True)
class Rule:
    account: str
    region: str
    rule_set: str
    name: str
    said: Properties

    @property
    def arn(self) -> str:
        place = f"{self.region}:{self.account}"
        return f"arn:aws:ses:{place}:receipt-rule-set/{self.rule_set}:receipt-rule/{self.name}"


class Inbound:
    """Every deployed rule counts: which rule set is active is the account's own affair."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._rules: dict[str, Rule] = {}

    def install(self, hooks: Hooks) -> None:
        known = em.provisioners._RESOURCE_HANDLERS
        own = {RULE: {"create": self._create, "update": self._update, "delete": self._delete}}
        hooks.set(em.provisioners, "_RESOURCE_HANDLERS", {**known, **own}, expecting=dict)

    def receive(
        self, raw: bytes, to: Iterable[str], *, sender: str = "", verdicts: Verdicts | None = None
    ) -> list[str]:
        """The ids of the receipts; MailRefused when no rule is for any recipient."""
        recipients = tuple(to)
        if len(raw) > LARGEST:
            raise MailRefused("552 larger than 40 MB")
        found = [
            (rule, taken)
            for rule in list(self._rules.values())
            if rule.said.get("Enabled", True)
            and (taken := matching(recipients, rule.said.get("Recipients") or ()))
        ]
        if not found:
            raise MailRefused(f"550 no receipt rule is for {', '.join(recipients)}")
        return [self._take(rule, raw, taken, sender, verdicts) for rule, taken in found]

    def _take(
        self,
        rule: Rule,
        raw: bytes,
        recipients: Sequence[str],
        sender: str,
        verdicts: Verdicts | None,
    ) -> str:
        receipt = Receipt(
            id=uuid.uuid4().hex + uuid.uuid4().hex[:8],
            at=self._clock.now(),
            region=rule.region,
            sender=sender,
            recipients=tuple(recipients),
            verdicts=verdicts or Verdicts(),
        )
        with em.responses.request_scope(rule.account, rule.region):
            for action in rule.said.get("Actions") or ():
                _act(rule, action, receipt, raw)
        return receipt.id

    def _create(
        self, logical_id: str, properties: Properties, stack: str
    ) -> tuple[str, Properties]:
        said = properties["Rule"]
        name = said.get("Name") or f"{stack}-{logical_id}"
        self._rules[name] = Rule(
            em.responses.get_account_id(),
            em.responses.get_region(),
            properties["RuleSetName"],
            name,
            _typed(said),
        )
        return name, {"Name": name}

    def _update(
        self, name: str, _old: Properties, new: Properties, stack: str
    ) -> tuple[str, Properties]:
        self._rules.pop(name, None)
        return self._create(name, new, stack)

    def _delete(self, name: str, _properties: Properties) -> None:
        self._rules.pop(name, None)


def _act(rule: Rule, action: Properties, receipt: Receipt, raw: bytes) -> None:
    if put := action.get("S3Action"):
        key = f"{put.get('ObjectKeyPrefix') or ''}{receipt.id}"
        receiving.demand_bucket(put["BucketName"], rule.arn, key)
        em.s3._put_object(put["BucketName"], key, stored(receipt, raw), {})
    if call := action.get("LambdaAction"):
        _call(call["FunctionArn"], event(receipt, raw, function=call["FunctionArn"]), rule.arn)


def _call(arn: str, told: Properties, rule: str) -> None:
    """As any other service that calls asynchronously: with Lambda's retries and dead letters."""
    function, config, name = em.lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        raise LookupError(f"a receipt rule calls {name}, which there is not")
    receiving.demand_function(function, arn, rule)
    record = em.lambda_svc._execution_record_for_config(function, config)
    em.lambda_svc.invoke_async_with_retry(record, told)


def _typed(said: Properties) -> Properties:
    """CloudFormation's texts of true and false."""
    enabled = str(said.get("Enabled", True)).lower() == "true"
    return {**said, "Enabled": enabled}
