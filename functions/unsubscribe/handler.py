"""GET and POST /unsubscribe/{token}: looking changes nothing, posting ends marketing mail."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.disowning import MARK
from coldframe.adapters.networks import network_of
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.pages import unsubscribe_page
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_web import unsubscribing
from coldframe.services.unsubscribing import Unsubscribe

settings = SignedSettings.from_environment()
playbook = CompiledPlaybook()
unsubscribe = unsubscribing(settings, Clients())


@observed
@http_endpoint
def handler(request: Request) -> Response:
    posted = request.method == "POST"
    command = Unsubscribe(
        token=request.path["token"],
        posted=posted,
        agent=request.agent,
        network=network_of(request.address),
        request=request.id,
    )
    preferences = unsubscribe(command)
    fact("unsubscribe link", posted=posted)
    client = playbook.client()
    return unsubscribe_page(
        posted=posted,
        sender=client.name,
        preferences=preferences,
        locale=client.locale,
        disowning=MARK in request.query,
    )
