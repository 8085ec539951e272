"""GET and POST /preferences/{token}: a lead looks at what it gets, and chooses."""

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.own_data import OwnDataPage
from coldframe.entrypoints.preferences import Preferences
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_preferences import changing_address, own_data, preferring

settings = SignedSettings.from_environment()
aws = Clients()
answer = Preferences(
    preferring(settings, aws),
    OwnDataPage(own_data(settings, aws)),
    changing_address(settings, aws),
)


@observed
@http_endpoint
def handler(request: Request) -> Response:
    return answer(request)
