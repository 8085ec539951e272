"""POST /forms/{form}: a visitor left their details."""

from coldframe.adapters.aws import Clients
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.forms import read_post, thank
from coldframe.entrypoints.http import Request
from coldframe.entrypoints.http_errors import http_endpoint
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.parts import keys
from coldframe.entrypoints.settings import SignedSettings
from coldframe.entrypoints.wiring_web import lead_capture, lead_ids

settings = SignedSettings.from_environment()
aws = Clients()
playbook = CompiledPlaybook()
lead_of = lead_ids(keys(settings, aws))
capture = lead_capture(settings, aws)


@observed
@http_endpoint
def handler(request: Request) -> Response:
    post = read_post(request, playbook.form(request.path["form"]), lead_of=lead_of)
    new = capture(post.command)
    fact("lead captured", lead=post.command.lead, form=post.form.form, new=new)
    return thank(post)
