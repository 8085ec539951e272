"""GET and POST /confirm/{token}: a look changes nothing, a post confirms what was asked.

And POST /forms/{form}/asked, which looks at the same items."""

from functools import cache

from coldframe.adapters.aws import Clients
from coldframe.entrypoints.address_page import AddressPage
from coldframe.entrypoints.answer_page import AnswerPage
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.confirm_page import Confirmation
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_preferences import (
    answering,
    asked_answers,
    changing_address,
    confirming,
    profiling,
    undoing_address,
)

settings = SignedSettings.from_environment()
aws = Clients()
new_address = AddressPage(changing_address(settings, aws), undoing_address(settings, aws))
questions = AnswerPage(answering(settings, aws), profiling(settings, aws), new_address)
to_known = cache(lambda: asked_answers(settings, aws))
answer = Confirmation(confirming(settings, aws), questions)


@observed
@http_endpoint
def handler(request: Request) -> Response:
    return to_known()(request) if "form" in request.path else answer(request)
