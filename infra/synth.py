"""From clients' folders to a cloud assembly."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_cdk import App

from infra.checks import hold_to_checks
from infra.client_stage import ClientStage
from infra.place import Place
from infra.playbook.compiled import CompiledClient


def synthesize(
    clients: Mapping[str, CompiledClient],
    *,
    environment: str,
    outdir: Path,
    context: Mapping[str, Any],
) -> list[ClientStage]:
    """Writes ``outdir``; raises RuntimeError when a check of the templates fails."""
    app = App(outdir=str(outdir), context=context, analytics_reporting=False)
    hold_to_checks(app)
    stages = [
        ClientStage(app, place=Place(client=name, environment=environment), compiled=compiled)
        for name, compiled in clients.items()
    ]
    app.synth()
    return stages
