"""The client's keys as Secrets Manager would give them."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from coldframe.adapters.keys import SecretKeys
from coldframe.adapters.links import SignedLinks

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient


@dataclass(slots=True)
class Vault:
    """Counts how often it is asked."""

    sign: list[dict[str, str]] = field(default_factory=list)
    id: str = "generated-at-create"
    asked: int = 0

    def get_secret_value(self, **_: str) -> dict[str, Any]:
        self.asked += 1
        return {"SecretString": json.dumps({"id": self.id, "sign": self.sign})}

    def keys(self) -> SecretKeys:
        return SecretKeys(cast("SecretsManagerClient", self), "keys")

    def links(self) -> SignedLinks:
        return SignedLinks(self.keys())
