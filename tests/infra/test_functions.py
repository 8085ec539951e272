"""Each function: one folder, one Lambda, the settings it reads, the same defaults."""

import ast
import json

from coldframe.entrypoints import settings as settings_module
from coldframe.entrypoints.settings import PREFIX, Settings
from infra.logical_ids import camel
from tests.infra.assembly import ROOT, Stacks

FOLDERS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))


def test_every_function_folder_is_deployed_and_nothing_else(stacks: Stacks) -> None:
    deployed = {
        name: function["Handler"]
        for name, function in stacks.nurturing.of("Lambda::Function").items()
    }

    assert deployed == {camel(name): f"functions.{name}.handler.handler" for name in FOLDERS}


def test_every_function_runs_alike(stacks: Stacks) -> None:
    for name, function in stacks.nurturing.of("Lambda::Function").items():
        assert function["Runtime"] == "python3.13", name
        assert function["Architectures"] == ["arm64"], name
        assert function["LoggingConfig"]["LogFormat"] == "JSON", name
        assert 256 <= function["MemorySize"] <= 512, name
        assert len(function["Layers"]) == 3, name


def test_whoever_waits_for_an_answer_gets_more_cpu(stacks: Stacks) -> None:
    functions = stacks.nurturing.of("Lambda::Function")

    for name in (
        "CaptureLead",
        "Unsubscribe",
        "FollowLink",
        "ServeFile",
        "RecordEvent",
        "ShowForm",
    ):
        assert functions[name]["MemorySize"] == 512


def test_logs_are_kept_for_a_while_and_not_for_ever(stacks: Stacks) -> None:
    logs = stacks.nurturing.of("Logs::LogGroup")

    assert {log["RetentionInDays"] for log in logs.values()} == {30, 90}
    for name, function in stacks.nurturing.of("Lambda::Function").items():
        assert function["LoggingConfig"]["LogGroup"]["Ref"] in logs, name


def test_every_function_gets_exactly_the_settings_it_reads(stacks: Stacks) -> None:
    functions = stacks.nurturing.of("Lambda::Function")

    for name in FOLDERS:
        wanted = {f"{PREFIX}{each.upper()}" for each in settings_of(name).names()}
        given = set(functions[camel(name)]["Environment"]["Variables"])
        assert given == wanted, name


def settings_of(function: str) -> type[Settings]:
    """The class on which the handler calls ``from_environment``."""
    tree = ast.parse((ROOT / "functions" / function / "handler.py").read_text())
    (name,) = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "from_environment"
        and isinstance(node.value, ast.Name)
    }
    found: type[Settings] = getattr(settings_module, name)
    return found


def test_whoever_needs_the_machines_knows_all_of_them(stacks: Stacks) -> None:
    machines = set(stacks.nurturing.of("StepFunctions::StateMachine"))

    for name in ("CarryOut", "SweepDue"):
        variables = stacks.nurturing.of("Lambda::Function")[name]["Environment"]["Variables"]
        text = json.dumps(variables[f"{PREFIX}MACHINES"])
        assert machines == {machine for machine in machines if f'"{machine}"' in text}


def test_nothing_is_traced_twice(stacks: Stacks) -> None:
    for name, function in stacks.nurturing.of("Lambda::Function").items():
        assert "TracingConfig" not in function, name
