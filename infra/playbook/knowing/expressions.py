"""The expressions that we write for an author: of rules by event, and of content by stage."""

import json
from collections.abc import Iterator

from infra.playbook.knowing.source import StageSource


def did(event: str, where: object, compared: str) -> str:
    asked = where.items() if isinstance(where, dict) else ()
    properties = "".join(f", {name}={_literal(value)}" for name, value in asked)
    return f"did({json.dumps(event)}{properties}) {compared}"


def _literal(value: object) -> str:
    return json.dumps(value) if isinstance(value, str | bool) else str(value)


def contents(stage: StageSource, minutes: int) -> Iterator[str]:
    within = f', within="{minutes} minutes") >= 1'
    for page in stage.pages:
        yield f'did("page.viewed", path={json.dumps(page)}{within}'
    for mail in stage.mails:
        yield f'did("email.clicked", mail={json.dumps(mail)}{within}'
    for event in stage.events:
        yield f"did({json.dumps(event)}{within}"
