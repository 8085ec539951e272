"""A past without the person: what says who it is becomes other text, the same for the same."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

from coldframe.domain.known_facts import ZONE_FIELD
from coldframe.domain.touchpoint import BUILT_IN_KINDS, Touchpoint
from infra.playbook.declared import DeclaredField
from workbench.replay.named import EMAIL_DOMAIN, Named
from workbench.replay.past import Past, Replaced

ADDRESS, FIELDS = "address", "fields"
NOBODYS: Final = "pseudonym.invalid"
OURS: Final = frozenset(
    {
        *("form", "message", "mail", "link", "target", "enrolment", "journey", "segment", "alert"),
        *("about", "type", "by", "requested_at", "points", "why", "human", "is_bot", "method"),
        *("agent", "network", "consents", "on", "off", "paused_until", "a_week", "confirm", "post"),
        *("language", "how", "path", "consented_at", "bases", "unsubscribed"),
    }
)
"""What built-in events say in words of ours or of the client's, or what decisions rest on."""
OUR_REASONS: Final = frozenset({"not_me", "soft_bounces"})


@dataclass(slots=True, kw_only=True)
class Pseudonyms:
    """``named``: what conditions ask for is kept, so that they give the same answers.

    The salt is thrown away: nobody can try whether a value was somebody's.
    """

    named: Named
    declared: Mapping[str, DeclaredField]
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    replaced_fields: set[str] = field(default_factory=set)
    replaced_properties: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)

    def of(self, past: Past) -> Past:
        reasons = {
            name: why if why in OUR_REASONS else "" for name, why in past.gate.reasons.items()
        }
        return replace(
            past,
            gate=replace(past.gate, reasons=reasons),
            touchpoints=tuple(self._touchpoint(each) for each in past.touchpoints),
        )

    def replaced(self) -> Replaced:
        return Replaced(
            addresses=True,
            fields=tuple(sorted(self.replaced_fields)),
            properties=tuple(sorted(self.replaced_properties)),
            kept=tuple(sorted(self.kept)),
        )

    def _touchpoint(self, touchpoint: Touchpoint) -> Touchpoint:
        data = {
            name: self._said(touchpoint, name, value) for name, value in touchpoint.data.items()
        }
        return replace(touchpoint, data=data)

    def _said(self, touchpoint: Touchpoint, name: str, value: Any) -> Any:
        if name == ADDRESS:
            return self._address(str(value), touchpoint.lead)
        if name == FIELDS and isinstance(value, Mapping):
            return {each: self._field(each, said) for each, said in value.items()}
        ours = touchpoint.kind in BUILT_IN_KINDS and name in OURS
        if ours or name in self.named.properties:
            return value
        return self._property(name, value)

    def _address(self, address: str, lead: str) -> str:
        """Told by the lead's id, which only the client's key leads to an address."""
        domain = address.rpartition("@")[2] if EMAIL_DOMAIN in self.named.fields else NOBODYS
        return f"{lead[:12]}@{domain}"

    def _field(self, name: str, value: Any) -> Any:
        declared = self.declared.get(name)
        personal = (declared is None or declared.personal) and name != ZONE_FIELD
        if not personal or not value:
            return value
        if name in self.named.fields:
            self.kept.add(name)
            return value
        self.replaced_fields.add(name)
        return self._other(name, value)

    def _property(self, name: str, value: Any) -> Any:
        if isinstance(value, bool | int | float) or not value:
            return value
        self.replaced_properties.add(name)
        return self._other(name, value)

    def _other(self, name: str, value: Any) -> str:
        text = f"{name}\0{value}".encode("utf-8", "surrogatepass")
        return f"{name}-{hmac.new(self.salt, text, sha256).hexdigest()[:12]}"
