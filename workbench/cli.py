"""The `coldframe` command: assembles what `workbench/commands` holds, one file each."""

import typer

from workbench.commands.access import access
from workbench.commands.bootstrap import bootstrap
from workbench.commands.check import check
from workbench.commands.companies import companies
from workbench.commands.demo import demo
from workbench.commands.diff import diff
from workbench.commands.doctor import doctor
from workbench.commands.enrol import enrol
from workbench.commands.export_leads import export_leads
from workbench.commands.fields import fields
from workbench.commands.forget_tests import forget_tests
from workbench.commands.forms import forms
from workbench.commands.history import history
from workbench.commands.hygiene import hygiene
from workbench.commands.import_leads import import_leads
from workbench.commands.journeys import journeys
from workbench.commands.lead_lists import count, listed
from workbench.commands.leads import leads
from workbench.commands.merging import duplicates, merge, not_same
from workbench.commands.new import new
from workbench.commands.pause import pause, resume
from workbench.commands.preview import preview
from workbench.commands.quarantine import quarantine
from workbench.commands.replay import replay
from workbench.commands.schemas import schemas
from workbench.commands.score import score
from workbench.commands.simulate import simulate
from workbench.commands.smoke import smoke
from workbench.commands.sources import sources
from workbench.commands.stuck import resume as resume_lead
from workbench.commands.stuck import stuck
from workbench.commands.surge import surge
from workbench.commands.up import up

app = typer.Typer(
    name="coldframe",
    help="Lead nurturing that lives in your own AWS account.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


@app.callback()
def coldframe() -> None:
    """Commands follow; each has its own --help."""


FOLDERS = (new, check, diff, fields, forms, journeys, preview, replay, schemas, simulate)
CLOUDS = (demo, up, smoke, history, companies, sources, pause, resume, bootstrap, doctor)

for command in (*FOLDERS, *CLOUDS):
    app.command()(command)

leads.command("count")(count)
leads.command("list")(listed)
leads.command("quarantine")(quarantine)
leads.command("surge")(surge)
leads.command("import")(import_leads)
leads.command("export")(export_leads)
leads.command("forget-tests")(forget_tests)
leads.command("hygiene")(hygiene)
leads.command("enrol")(enrol)
leads.command("merge")(merge)
leads.command("access")(access)
leads.command("duplicates")(duplicates)
leads.command("not-same")(not_same)
leads.command("stuck")(stuck)
leads.command("resume")(resume_lead)
app.add_typer(leads)
app.add_typer(score)
