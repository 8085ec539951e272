"""POST /hooks/{source}: another service tells, in its own way and signed, what a lead did."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_web import hook_answers

settings = SignedSettings.from_environment()
answer = hook_answers(settings, Clients(), CompiledPlaybook())


@observed
@http_endpoint
def handler(request: Request) -> Response:
    return answer(request)
