"""A template's Ref to a secret is its ARN, as on AWS; the emulator knows it by its name."""

from __future__ import annotations

from typing import Any

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks

SECRET = "AWS::SecretsManager::Secret"  # noqa: S105  # a type's name
Properties = dict[str, Any]


def install(hooks: Hooks) -> None:
    """Translate between the two around the emulator's own handlers."""
    table = em.provisioners._RESOURCE_HANDLERS
    own = table[SECRET]

    def create(logical_id: str, properties: Properties, stack: str) -> tuple[str, Properties]:
        _, attributes = own["create"](logical_id, properties, stack)
        return attributes["Arn"], attributes

    def update(physical_id: str, *rest: Any, **named: Any) -> tuple[str, Properties]:
        _, attributes = own["update"](name_of(physical_id), *rest, **named)
        return attributes["Arn"], attributes

    def delete(physical_id: str, properties: Properties) -> None:
        own["delete"](name_of(physical_id), properties)

    changed = {**own, "create": create, "update": update, "delete": delete}
    hooks.set(em.provisioners, "_RESOURCE_HANDLERS", {**table, SECRET: changed}, expecting=dict)


def name_of(arn: str) -> str:
    """The name of the secret with that ARN."""
    secrets = em.secretsmanager._secrets.values()
    return next((secret["Name"] for secret in secrets if secret["ARN"] == arn), arn)
