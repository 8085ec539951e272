"""What SES needs to store a mail and to call a function: their own policies must let it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from workbench.cloud import emulated as em

Record = dict[str, Any]
SES = "ses.amazonaws.com"


def demand_bucket(bucket: str, rule: str, key: str) -> None:
    policy = json.loads(em.s3._bucket_policies.get(bucket) or "{}")
    _demand(policy, "s3:PutObject", f"arn:aws:s3:::{bucket}/{key}", rule)


def demand_function(function: Record, arn: str, rule: str) -> None:
    _demand(function.get("policy") or {}, "lambda:InvokeFunction", arn, rule)


def _demand(policy: Record, action: str, resource: str, rule: str) -> None:
    """PermissionError: AWS would refuse to create the rule, or would drop the mail."""
    if not any(_allows(one, action, resource, rule) for one in policy.get("Statement") or ()):
        raise PermissionError(f"{rule} may not {action} on {resource}")


def _allows(statement: Record, action: str, resource: str, rule: str) -> bool:
    principal = statement.get("Principal")
    services = principal.get("Service") if isinstance(principal, dict) else ()
    return (
        statement.get("Effect") == "Allow"
        and SES in _listed(services)
        and action in _listed(statement.get("Action"))
        and any(fnmatchcase(resource, one) for one in _listed(statement.get("Resource")))
        and all(_holds(wanted, rule) for wanted in _conditions(statement))
    )


def _conditions(statement: Record) -> Iterator[tuple[str, str]]:
    for operator in (statement.get("Condition") or {}).values():
        yield from ((key.lower(), str(value)) for key, value in operator.items())


def _holds(wanted: tuple[str, str], rule: str) -> bool:
    key, value = wanted
    if key == "aws:sourcearn":
        return fnmatchcase(rule, value)
    return key == "aws:sourceaccount" and value == rule.split(":")[4]


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
