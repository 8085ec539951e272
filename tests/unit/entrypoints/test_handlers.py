"""What every function's handler has in common."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "layers" / "coldframe" / "python"
HANDLERS = sorted((ROOT / "functions").glob("*/handler.py"))
FUNCTIONS = {
    "call_webhook",
    "capture_lead",
    "carry_out",
    "choose_preferences",
    "confirm_consent",
    "decide",
    "follow_link",
    "hand_off",
    "pause_sending",
    "react",
    "receive_hook",
    "receive_reply",
    "reconcile_suppressions",
    "record_email_event",
    "record_event",
    "record_visit",
    "send_broadcast",
    "send_message",
    "serve_file",
    "show_form",
    "sweep_due",
    "unsubscribe",
}


def module_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def handler_of(path: Path) -> ast.FunctionDef:
    found = [node for node in module_of(path).body if isinstance(node, ast.FunctionDef)]
    (handler,) = found
    return handler


def test_every_function_has_its_folder() -> None:
    assert {path.parent.name for path in HANDLERS} == FUNCTIONS


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: path.parent.name)
def test_a_handler_is_short_and_decides_nothing(path: Path) -> None:
    handler = handler_of(path)
    first, last = handler.body[0].lineno, handler.end_lineno or 0

    assert handler.name == "handler"
    assert last - first < 20
    assert not [node for node in ast.walk(handler) if isinstance(node, ast.If | ast.Try | ast.For)]


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: path.parent.name)
def test_a_handler_says_what_triggers_it_and_is_observed(path: Path) -> None:
    handler = handler_of(path)
    outermost = handler.decorator_list[0]

    assert ast.get_docstring(module_of(path))
    assert isinstance(outermost, ast.Name)
    assert outermost.id == "observed"


def python(code: str) -> subprocess.CompletedProcess[str]:
    """With nothing in its environment but where our packages lie."""
    environment = {"PYTHONPATH": os.pathsep.join([str(PACKAGE), str(ROOT)])}
    return subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def test_every_module_can_be_imported_with_no_environment() -> None:
    names = sorted(
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for path in (PACKAGE / "coldframe").rglob("*.py")
        if path.stem != "__init__"
    )

    imported = python("\n".join(f"import {name}" for name in names))

    assert imported.returncode == 0, imported.stderr


HEAVY = (
    *("boto3", "pydantic", "jinja2", "multipart", "aws_lambda_powertools", "yaml", "requests"),
    *("phonenumbers", "email_validator", "idna"),
)
ALLOWED = {
    "carry_out": {"aws_lambda_powertools"},
    "react": {"aws_lambda_powertools"},
    "record_email_event": {"pydantic"},
}
SETTINGS = (
    "table secret machines configuration_set tenant base_url sweep_group broadcast_function bucket"
    " domain stand_in"
)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_cold_start_loads_nothing_that_not_every_invocation_needs(name: str) -> None:
    code = f"""
import os, sys
for setting in "{SETTINGS}".split():
    os.environ["COLDFRAME_" + setting.upper()] = "{{}}" if setting == "machines" else "x"
os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"
import functions.{name}.handler
print(*[heavy for heavy in {HEAVY!r} if heavy in sys.modules])
"""
    loaded = python(code)

    assert loaded.returncode == 0, loaded.stderr
    assert set(loaded.stdout.split()) <= ALLOWED.get(name, set())
