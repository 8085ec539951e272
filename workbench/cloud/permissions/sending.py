"""With permissions enforced, sending needs a grant on the sender's identity and on the set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from typing import Any

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks

Record = dict[str, Any]
SEND = "ses:SendEmail"


def install(hooks: Hooks) -> None:
    """The emulator asks for SendEmail on '*', which no narrow grant allows."""
    original = em.app._enforce_ses_v2
    hooks.replace(em.app, "_enforce_ses_v2", _checked(original), anchor="5dc09e3bd487")


def _checked(original: Callable[..., Any]) -> Callable[..., Any]:
    def enforce(method: str, path: str, headers: Record, body: bytes, *rest: Any) -> Any:
        if not em.app.AUTH or method != "POST" or not path.endswith("/outbound-emails"):
            return original(method, path, headers, body, *rest)
        data = json.loads(body)
        for resource in resources(data):
            denied = em.app._enforce_data_plane(
                "sesv2",
                SEND,
                headers,
                *rest,
                resource_arn=resource,
                service_context={"ses:FromAddress": parseaddr(_sender(data))[1]},
                named_resource=resource,
            )
            if denied:
                return denied
        return None

    return enforce


def resources(data: Record) -> Iterator[str]:
    """What a mail is sent with: the verified identity, and the configuration set."""
    place = f"arn:aws:ses:{em.responses.get_region()}:{em.responses.get_account_id()}"
    address = parseaddr(_sender(data))[1]
    own = em.ses_v2._identities.get(address) is not None
    yield f"{place}:identity/{address if own else address.rpartition('@')[2]}"
    if name := data.get("ConfigurationSetName"):
        yield f"{place}:configuration-set/{name}"


def _sender(data: Record) -> str:
    return str(data.get("FromEmailAddress") or "")
