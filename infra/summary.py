"""What a synth made, for a person: stacks, their size, and what the zips hold."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from infra.bundling.interpreter import VERSION, lambda_python

if TYPE_CHECKING:
    from infra.client_stage import ClientStage

WITHOUT_PYCS = (
    f"WARNING: no Python {VERSION} found, so the zips ship no bytecode and every cold start\n"
    f"         compiles all source again. `uv python install {VERSION}` and synthesise once more.\n"
)


def summary(stages: Sequence["ClientStage"], *, outdir: Path) -> str:
    lines = [line for stage in stages for line in _client(stage, outdir)]
    return "".join(f"{line}\n" for line in [*lines, f"cloud assembly: {outdir}"]) + _bytecode()


def findings(outdir: Path) -> str:
    """What the checks of the templates object to, a line each."""
    report = json.loads((outdir / "validation-report.json").read_text())
    lines = {
        f"{construct['constructPath']}: {violation['ruleName']} {violation['description'].strip()}"
        for plugin in report["pluginReports"]
        for violation in plugin["violations"]
        for construct in violation["violatingConstructs"]
    }
    return "".join(f"{line}\n" for line in sorted(lines))


def _client(stage: "ClientStage", outdir: Path) -> Iterator[str]:
    for stack in (stage.leads, stage.nurturing):
        template = outdir / f"assembly-{stage.node.id}" / stack.template_file
        resources = json.loads(template.read_text())["Resources"]
        size = template.stat().st_size
        yield f"{stack.stack_name:28} {len(resources):4} resources {size:8,} bytes"
    bundles = stage.nurturing.layers.bundles.values()
    sizes = ", ".join(
        f"{bundle.name.partition('/')[0]} {bundle.zip_size() / 1e6:.2f} MB" for bundle in bundles
    )
    yield f"  layers as zips: {sizes}"


def _bytecode() -> str:
    python = lambda_python()
    return f"bytecode: shipped, of Python {python.version}\n" if python else WITHOUT_PYCS
