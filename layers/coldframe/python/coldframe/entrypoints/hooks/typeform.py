"""Typeform: answers to its forms, by the refs of their fields."""

import hmac
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from typing import Final

from coldframe.entrypoints.hooks.sender import Heard, Sender
from coldframe.entrypoints.hooks.signing import same
from coldframe.entrypoints.hooks.told import Told, at, iso, text
from coldframe.entrypoints.http import Request


def _signed(request: Request, secret: bytes, _now: datetime) -> bool:
    """``Typeform-Signature: sha256=<base64>`` over the body; it states no time."""
    wanted = b64encode(hmac.new(secret, request.body, sha256).digest()).decode()
    return same(request.headers.get("typeform-signature", ""), f"sha256={wanted}")


def _heard(told: Told, event: str) -> Heard | None:
    """Answers by their field's ref; the address is the first answer that is one."""
    answered = at(told, "form_response") or told
    given = answered.get("answers")
    answers = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    values = {text(at(each, "field").get("ref")): _answer(each) for each in answers}
    typed = [text(each.get("email")) for each in answers if each.get("type") == "email"]
    hidden = text(at(answered, "hidden").get("email"))
    inside = [value for value in values.values() if isinstance(value, str) and "@" in value]
    address = next((each for each in (*typed, hidden, *inside) if each), "")
    own = {name: value for name, value in list(values.items())[:50] if name and value != address}
    return Heard(
        event=event,
        own_id=text(answered.get("token")),
        address=address,
        occurred_at=iso(answered.get("submitted_at")),
        data={"form": text(answered.get("form_id")), "answers": own},
    )


def _answer(answer: Told) -> object:
    value = answer.get(text(answer.get("type")))
    if isinstance(value, dict):
        value = value.get("label") or value.get("labels")
    if isinstance(value, list):
        return [text(each)[:300] for each in value[:50]]
    return value[:300] if isinstance(value, str) else value if _plain(value) else ""


def _plain(value: object) -> bool:
    return isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < 10**15)


TYPEFORM: Final = Sender(verify=_signed, read=_heard)
