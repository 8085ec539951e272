"""POST /events: a client's own server tells, signed, what a lead did."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.entrypoints.answers import Response, json_answer
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.parts import keys
from coldframe.entrypoints.server_events import read_server_event
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_web import event_recording

settings = SignedSettings.from_environment()
aws = Clients()
clock = SystemClock()
client_keys = keys(settings, aws)
record = event_recording(settings, aws)


@observed
@http_endpoint
def handler(request: Request) -> Response:
    event = read_server_event(request, keys=client_keys, now=clock.now())
    new = record(event)
    fact("event recorded", lead=event.lead, event=event.event, new=new)
    return json_answer(201, {"event": event.event})
