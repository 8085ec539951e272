"""The preference page's requests: a GET looks, a POST says which of the page's forms it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coldframe.domain.errors import InvalidAddress, InvalidToken
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.form_fields import read_fields
from coldframe.entrypoints.http import Request, Unreadable
from coldframe.entrypoints.observability import fact
from coldframe.entrypoints.preference_page import NotADay, preference_page, read_choice
from coldframe.services.changing_address import Asked, ChangingAddress
from coldframe.services.preferring import Preferring

LONGEST = 320
"""Characters of what may be an address."""
ONE_CLICK = "List-Unsubscribe"
ACTIONS = ("save", "leave", "data", "address")
"""What the page's own buttons say; anything else is a stranger's text, and in no log."""


@dataclass(frozen=True, slots=True)
class Preferences:
    preferring: Preferring
    own_data: Callable[[Request], Response]
    changing: ChangingAddress

    def __call__(self, request: Request) -> Response:
        """Two kinds of links lead here: that of every mail, and the fresh one to a lead's data."""
        token = request.path["token"]
        try:
            standing = self.preferring.look(token)
        except InvalidToken:
            return self.own_data(request)
        if request.method != "POST":
            return preference_page(standing)
        fields = read_fields(request)
        action = "leave" if ONE_CLICK in fields else str(fields.get("action", ""))
        fact("preferences", action=action if action in ACTIONS else "?")
        return self._posted(token, action, fields)

    def _posted(self, token: str, action: str, fields: Mapping[str, object]) -> Response:
        match action:
            case "save":
                return self._save(token, fields)
            case "leave":
                return preference_page(self.preferring.leave(token))
            case "data":
                told = "data_sent" if self.preferring.ask_for_data(token) else "data_later"
                return preference_page(self.preferring.look(token), told=told)
            case "address":
                return self._ask_new_address(token, str(fields.get("address", ""))[:LONGEST])
        raise Unreadable("The page's form says nothing of what to do.")

    def _ask_new_address(self, token: str, address: str) -> Response:
        standing = self.preferring.look(token)
        try:
            asked = self.changing.ask(token, address)
        except InvalidAddress as problem:
            return preference_page(standing, problem=str(problem), status=422)
        fact("new address named", became=asked)
        status = 429 if asked is Asked.TOO_MANY else 200
        told = f"address_{asked}"
        return preference_page(standing, told=told, address=address.strip(), status=status)

    def _save(self, token: str, fields: Mapping[str, object]) -> Response:
        try:
            choice = read_choice(fields, now=self.preferring.clock.now())
        except NotADay:
            return preference_page(self.preferring.look(token), told="not_a_day", status=422)
        return preference_page(self.preferring.choose(token, choice), told="saved")
