"""GET and HEAD /files/{hash}/{name}: a file that a mail or a form's answer links to."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.settings import FileSettings
from coldframe.entrypoints.wiring_web import file_serving

settings = FileSettings.from_environment()
serve = file_serving(settings, Clients(), CompiledPlaybook())


@observed
@http_endpoint
def handler(request: Request) -> Response:
    return serve(request)
