"""GET /files/{hash}/{name}: a file that a mail links to."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints.answers import Response, go_to
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.settings import FileSettings
from coldframe.entrypoints.stored_files import where_it_lies
from coldframe.entrypoints.wiring_web import stored_files

settings = FileSettings.from_environment()
playbook = CompiledPlaybook()
files = stored_files(settings, Clients())


@observed
@http_endpoint
def handler(request: Request) -> Response:
    return go_to(where_it_lies(request, playbook=playbook, files=files), status=302)
