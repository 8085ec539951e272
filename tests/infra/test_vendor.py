"""What is left of our libraries after trimming still does everything that we call."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import botocore
import pytest
from botocore import xform_name
from botocore.session import Session

from infra.bundling.operations import OPERATIONS
from infra.bundling.roots import AMAZON_TRUST_SERVICES
from infra.bundling.vendor import LOCK, vendor_layer
from tests.infra.assembly import ROOT

CALLED = [(service, name) for service, names in OPERATIONS.items() for name in names]
PROBE = Path(__file__).parent / "probe.py"


@pytest.fixture(scope="session")
def site() -> Path:
    return vendor_layer().path / "python"


@pytest.fixture(scope="session")
def trimmed(site: Path) -> dict[str, object]:
    """What each operation sends and understands when nothing but the layer is importable."""
    return probed(site)


@pytest.fixture(scope="session")
def whole() -> dict[str, object]:
    """The same with botocore as it is published."""
    return probed(Path(botocore.__file__).parents[1])


def probed(site: Path) -> dict[str, object]:
    """By a Python without packages of its own: what isn't in ``site`` can't be imported."""
    done = subprocess.run(  # noqa: S603 - our own probe
        [sys.executable, "-I", "-S", "-B", str(PROBE), json.dumps(OPERATIONS), str(site)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, object] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize(("service", "operation"), CALLED)
def test_an_operation_works_as_with_the_whole_library(
    trimmed: dict[str, object], whole: dict[str, object], service: str, operation: str
) -> None:
    name = f"{service}.{operation}"

    assert trimmed[name] == whole[name]


def test_a_file_can_be_given_away_by_a_signed_address(trimmed: dict[str, object]) -> None:
    assert "X-Amz-Signature=" in str(trimmed["presigned"])


def test_every_region_of_aws_is_still_known(
    trimmed: dict[str, object], whole: dict[str, object]
) -> None:
    assert trimmed["endpoints"] == whole["endpoints"]


def test_every_operation_that_the_code_calls_is_kept() -> None:
    known = {service: _methods(service) for service in OPERATIONS}
    kept = {xform_name(name) for names in OPERATIONS.values() for name in names}
    written = {method for path in _sources() for method in _called_in(path)}

    missing = {
        method for method in written - kept if any(method in methods for methods in known.values())
    }

    assert not missing


def test_nothing_is_kept_that_nobody_calls() -> None:
    written = " ".join(path.read_text() for path in _sources())

    for service, names in OPERATIONS.items():
        assert f'"{service}"' in written, service
        for name in names:
            verb = xform_name(name)
            assert re.search(rf"\b{verb}\b|_item\"", written), name


def _methods(service: str) -> set[str]:
    model = Session().get_service_model(service)
    return {xform_name(name) for name in model.operation_names}


def _sources() -> list[Path]:
    roots = (ROOT / "layers/coldframe/python/coldframe/adapters", ROOT / "functions")
    return [path for root in roots for path in sorted(root.rglob("*.py"))]


def _called_in(path: Path) -> set[str]:
    """Methods called on something that is, or ends in, a client."""
    return {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value).endswith(("client", "scheduler"))
    }


def test_what_is_left_of_powertools_reads_a_stream(site: Path) -> None:
    code = f"""
import sys
sys.path.insert(0, {str(site)!r})
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.batch import process_partial_response as answer
event = {{"Records": [{{"eventSource": "aws:dynamodb", "dynamodb": {{"SequenceNumber": "7"}}}}]}}
processor = BatchProcessor(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
print(answer(event, lambda record: 1 / 0, processor))
"""

    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-I", "-S", "-B", "-c", code], capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "{'batchItemFailures': [{'itemIdentifier': '7'}]}", done.stderr


def test_every_bytecode_is_used_without_a_look_at_its_source(site: Path) -> None:
    compiled = list(site.rglob("*.pyc"))

    for path in compiled:
        flags = int.from_bytes(path.read_bytes()[4:8], "little")
        assert flags == 0b01, path  # a hash, unchecked
    sources = list(site.rglob("*.py"))
    assert len(compiled) in (0, len(sources))


def test_tracebacks_name_where_code_lies_on_lambda(site: Path) -> None:
    for path in site.glob("jinja2/__pycache__/runtime.*.pyc"):
        assert b"/opt/python/jinja2/runtime.py" in path.read_bytes()


def test_the_layer_stays_small(site: Path) -> None:
    sources = sum(
        path.stat().st_size for path in site.rglob("*") if path.is_file() and path.suffix != ".pyc"
    )

    assert sources < 16_000_000
    assert not list(site.glob("*.dist-info"))
    assert not list((site / "botocore" / "data").rglob("*.gz"))


def test_only_amazons_own_authorities_are_trusted(site: Path) -> None:
    bundle = (site / "botocore" / "cacert.pem").read_text()

    assert bundle.count("BEGIN CERTIFICATE") == len(AMAZON_TRUST_SERVICES)
    for name in AMAZON_TRUST_SERVICES:
        assert f'"{name}"' in bundle


def test_the_lock_holds_hashes_and_what_pyproject_asks_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = dict(re.findall(r"^([\w-]+)==(\S+) \\$", LOCK.read_text(), re.MULTILINE))
    tested = dict(
        re.findall(r"^([\w-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    )

    for wanted in project["dependencies"]:
        name, _, version = wanted.partition("==")
        assert locked[name].startswith(version), wanted
    for name, version in locked.items():
        assert tested[name] == version, f"{name}: shipped and tested must be the same"
    assert LOCK.read_text().count("--hash=sha256:") >= len(locked)


LIBRARIES = """
import sys
sys.path[:] = [p for p in sys.path if "site-packages" not in p] + [{site!r}, {package!r}]
from coldframe.adapters.addresses import judged
from coldframe.adapters.phones import e164
print(judged("rosa@b\\u00fccher.example"), e164("01 234 56 78", "AT"), e164("+1 212 555 0123", ""))
"""


def test_telephone_numbers_and_addresses_are_judged_by_what_is_left(site: Path) -> None:
    package = str(ROOT / "layers" / "coldframe" / "python")
    code = LIBRARIES.format(site=str(site), package=package)

    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-I", "-S", "-B", "-c", code], capture_output=True, text=True, check=False
    )

    assert done.stdout.split() == ["rosa@xn--bcher-kva.example", "+4312345678", "+12125550123"]
