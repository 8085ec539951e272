"""Takes out of the vendored packages what no function of ours ever loads."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

from infra.bundling.operations import ENDPOINT_PREFIXES, OPERATIONS
from infra.bundling.roots import amazon_roots
from infra.bundling.service_model import compact, cut, merged

NEVER_LOADED = (
    "bin",
    "boto3/data",
    "boto3/examples",
    "dateutil/zoneinfo/dateutil-zoneinfo.tar.gz",
    "dns",
    "phonenumbers/carrierdata",
    "phonenumbers/geodata",
    "phonenumbers/shortdata",
    "phonenumbers/tzdata",
    "pydantic/v1",
    "pydantic/mypy.py",
)
HUBS = {
    "aws_lambda_powertools/utilities/data_classes/__init__.py": (
        "from aws_lambda_powertools.utilities.data_classes.s3_event import S3Event\n"
    ),
    "botocore/docs/__init__.py": "",
    "phonenumbers/__init__.py": "",
    "urllib3/http2/__init__.py": "",
}
"""Import all that lies beside them; what is left is what their own neighbours ask them for."""
DOCSTRINGS = '''"""Nobody reads docstrings on Lambda; writing them loads a fifth of botocore."""


class _Unwritten(str):
    def __new__(cls, *_, **__):
        return super().__new__(cls)


class ClientMethodDocstring(_Unwritten):
    pass


class PaginatorDocstring(_Unwritten):
    pass


class WaiterDocstring(_Unwritten):
    pass
'''
SHARED_DATA = {"_retry.json", "partitions.json", "sdk-default-configuration.json"}


def trim(site: Path) -> None:
    """``site`` is a folder that packages were installed into."""
    for name in NEVER_LOADED:
        _remove(site / name)
    for pattern in ("*.dist-info", "**/__pycache__", "**/tests", "**/*.pyi", "**/*.pxd", ".lock"):
        for path in list(site.glob(pattern)):
            _remove(path)
    for name, text in HUBS.items():
        (site / name).write_text(text)
    (site / "botocore" / "docs" / "docstring.py").write_text(DOCSTRINGS)
    _trim_data(site / "botocore" / "data")
    bundle = site / "botocore" / "cacert.pem"
    bundle.write_text(amazon_roots(bundle.read_text()))


def _trim_data(data: Path) -> None:
    kept = SHARED_DATA | {"endpoints.json"} | OPERATIONS.keys()
    for path in list(data.iterdir()):
        if path.name not in kept:
            _remove(path)
    for service, operations in OPERATIONS.items():
        _trim_service(data / service, operations)
    endpoints = data / "endpoints.json"
    endpoints.write_text(compact(_cut_endpoints(json.loads(endpoints.read_text()))))
    for name in SHARED_DATA:
        (data / name).write_text(compact(json.loads((data / name).read_text())))


def _trim_service(folder: Path, operations: tuple[str, ...]) -> None:
    *older, newest = sorted(folder.iterdir())
    for version in older:
        _remove(version)
    extras = newest / "service-2.sdk-extras.json"
    patch = _read(extras)["merge"] if extras.exists() else {}
    model = cut(merged(_read(newest / "service-2.json"), patch), operations)
    rules = _read(newest / "endpoint-rule-set-1.json")
    _remove(newest)
    newest.mkdir()
    (newest / "service-2.json").write_text(compact(model))
    (newest / "endpoint-rule-set-1.json").write_text(compact(rules))


def _cut_endpoints(endpoints: dict[str, Any]) -> dict[str, Any]:
    """All regions of every partition, but only our services' own addresses there."""
    wanted = {ENDPOINT_PREFIXES.get(service, service) for service in OPERATIONS}
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in services if name in wanted}
    return endpoints


def _read(path: Path) -> dict[str, Any]:
    """A data file, as botocore ships it: gzipped or not."""
    packed = path.with_name(f"{path.name}.gz")
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    read: dict[str, Any] = json.loads(text)
    return read


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
