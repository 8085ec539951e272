"""GET /forms/{form}: the form itself, to fill in; and our own thank-you page."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.settings import KeySettings
from coldframe.entrypoints.wiring_web import form_showing

settings = KeySettings.from_environment()
aws = Clients()
playbook = CompiledPlaybook()
show = form_showing(settings, aws)


@observed
@http_endpoint
def handler(request: Request) -> Response:
    form = playbook.form(request.path["form"])
    fact("form shown", form=form.form)
    return show(request, form)
