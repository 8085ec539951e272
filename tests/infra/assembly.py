"""A synthesised cloud assembly, read as JSON: promises are tested on what would be deployed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
Resource = dict[str, Any]


def synth(outdir: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """From an empty environment: no PATH, so no Node, no uv and no AWS of the machine's own."""
    environment = {
        "CDK_OUTDIR": str(outdir),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/coldframe/python'}",
    }
    command = [sys.executable, "-m", "infra.app", *options]
    return subprocess.run(  # noqa: S603 - our own app
        command, env=environment, capture_output=True, text=True, check=False, cwd=outdir.parent
    )


@dataclass(frozen=True)
class Template:
    path: Path
    protected: bool
    """Against deletion of its stack."""

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def resources(self) -> dict[str, Resource]:
        resources: dict[str, Resource] = self.document["Resources"]
        return resources

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """Logical id → properties."""
        return {
            name: resource.get("Properties", {})
            for name, resource in self.resources.items()
            if resource["Type"] == f"AWS::{kind}"
        }

    def statements_of(self, function: str) -> list[dict[str, Any]]:
        """Every statement of every policy that the function's role has."""
        role = self.of("Lambda::Function")[function]["Role"]["Fn::GetAtt"][0]
        return [
            statement
            for policy in self.of("IAM::Policy").values()
            if {"Ref": role} in policy["Roles"]
            for statement in policy["PolicyDocument"]["Statement"]
        ]

    def actions_of(self, function: str) -> set[str]:
        return {action for one in self.statements_of(function) for action in listed(one["Action"])}


@dataclass(frozen=True)
class Stacks:
    """One client's two stacks."""

    client: str
    leads: Template
    nurturing: Template

    @property
    def both(self) -> tuple[Template, Template]:
        return self.leads, self.nurturing


def read_stacks(outdir: Path, client: str, environment: str = "dev") -> Stacks:
    name = f"{client}-{environment}"
    folder = outdir / f"assembly-{name}"
    artifacts = json.loads((folder / "manifest.json").read_text())["artifacts"]
    found = {
        artifact["properties"]["stackName"]: Template(
            path=folder / artifact["properties"]["templateFile"],
            protected=artifact["properties"].get("terminationProtection", False),
        )
        for artifact in artifacts.values()
        if artifact["type"] == "aws:cloudformation:stack"
    }
    return Stacks(client, found[f"{name}-Leads"], found[f"{name}-Nurturing"])


def listed(value: object) -> list[Any]:
    """CloudFormation lets one thing stand for a list of one."""
    return value if isinstance(value, list) else [value]


def texts(value: object) -> Iterator[str]:
    """Every text in a part of a template."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
