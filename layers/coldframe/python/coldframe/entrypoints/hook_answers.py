"""POST /hooks/{source}: what a sender that the client names tells of a lead."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.adapters.keys import Keys
from coldframe.domain.errors import InvalidAddress
from coldframe.domain.lead import lead_id, normal_address
from coldframe.entrypoints.answers import Response, json_answer
from coldframe.entrypoints.hooks.sender import body_of, check
from coldframe.entrypoints.hooks.senders import SENDERS
from coldframe.entrypoints.hooks.zoom import challenge_of, proof
from coldframe.entrypoints.http import NotFound
from coldframe.entrypoints.observability import fact
from coldframe.services.record_event import RecordEvent

if TYPE_CHECKING:
    from coldframe.domain.playbook import Hook
    from coldframe.entrypoints.http import Request
    from coldframe.services.ports import Clock
    from coldframe.services.record_event import EventRecording


@dataclass(frozen=True, slots=True, kw_only=True)
class HookAnswers:
    hooks: "Callable[[], dict[str, Hook]]"
    keys: Callable[[], Keys]
    record: "EventRecording"
    clock: "Clock"

    def __call__(self, request: "Request") -> Response:
        """What concerns no lead of ours is answered 200 all the same: senders give up otherwise."""
        source = request.path["source"]
        hook = self.hooks().get(source)
        if hook is None:
            raise NotFound("No such source is named under `hooks` in client.yaml.")
        sender, secret = SENDERS[hook.sender], self.keys().hooks.get(source, b"")
        check(request, sender, secret, self.clock.now())
        told = body_of(request)
        if challenge := challenge_of(told):
            return json_answer(200, proof(secret, challenge))
        heard = sender.read(told, hook.event)
        if heard is None or not heard.own_id:
            return _left_out(source, "nothing that concerns a lead")
        try:
            address = normal_address(heard.address)
        except InvalidAddress:
            return _left_out(source, "no address of a lead")
        command = RecordEvent(
            lead=lead_id(self.keys().id, address),
            address=address,
            event=heard.event,
            own_id=heard.own_id,
            occurred_at=heard.occurred_at,
            data=heard.data,
            source=f"hook:{source}",
        )
        new = self.record(command)
        fact("hook recorded", source=source, lead=command.lead, event=heard.event, new=new)
        return json_answer(200, {"recorded": int(new)})


def _left_out(source: str, why: str) -> Response:
    fact("hook left out", source=source, why=why)
    return json_answer(200, {"recorded": 0, "left_out": why})
