"""Links whose tokens anyone could make: signing is the adapter's business."""

import json
from dataclasses import dataclass

from coldframe.domain.errors import InvalidToken


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClaims:
    lead: str
    message: str
    target: str
    index: int


@dataclass(frozen=True, slots=True)
class OpenLinks:
    def sign(
        self, purpose: str, *, lead: str, message: str = "", target: str = "", index: int = -1
    ) -> str:
        return json.dumps([purpose, lead, message, target, index])

    def read(self, purpose: str, token: str) -> OpenClaims:
        try:
            stated, lead, message, target, index = json.loads(token)
        except ValueError as error:
            raise InvalidToken("not a token") from error
        if stated != purpose:
            raise InvalidToken("for another purpose")
        return OpenClaims(lead=lead, message=message, target=target, index=index)
