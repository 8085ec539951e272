"""POST /forms/{form}: a visitor left their details."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.forms import thank
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_web import form_reader, lead_capture

settings = SignedSettings.from_environment()
aws = Clients()
playbook = CompiledPlaybook()
read = form_reader(settings, aws, playbook)
capture = lead_capture(settings, aws)


@observed
@http_endpoint
def handler(request: Request) -> Response:
    post = read(request, playbook.form(request.path["form"]))
    new = capture(post.command)
    said = post.command
    fact("lead captured", lead=said.lead, form=said.form, new=new, quarantined=said.suspect)
    return thank(post, read.links)
