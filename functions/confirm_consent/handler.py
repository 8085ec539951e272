"""GET and POST /confirm/{token}: a look changes nothing, a post confirms what a form asked."""

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.confirm_page import confirm_page
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_preferences import confirming

settings = SignedSettings.from_environment()
confirm = confirming(settings, Clients())


@observed
@http_endpoint
def handler(request: Request) -> Response:
    posted = request.method == "POST"
    asked = (confirm.confirm if posted else confirm.look)(request.path["token"])
    fact("confirmation link", posted=posted, topics=len(asked.topics))
    return confirm_page(asked, posted=posted)
