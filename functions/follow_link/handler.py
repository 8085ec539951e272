"""GET and HEAD /go/{token}: a link in a mail was followed, by someone or something."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.networks import network_of
from coldframe.entrypoints.answers import Response, go_to
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_web import link_following
from coldframe.services.following import FollowLink

settings = SignedSettings.from_environment()
follow = link_following(settings, Clients())


@observed
@http_endpoint
def handler(request: Request) -> Response:
    followed = FollowLink(
        token=request.path["token"],
        agent=request.agent,
        method=request.method,
        network=network_of(request.address),
        request=request.id,
    )
    target = follow(followed)
    fact("link followed")
    return go_to(target, status=302)
