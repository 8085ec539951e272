"""Writes small cloud assemblies by hand, in the shape in which the CDK synthesizes them."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Template = dict[str, Any]
CLIENT = Path(__file__).parent / "client"
ASSETS = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"


def zipped(files: dict[str, str]) -> bytes:
    """A zip of texts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@dataclass
class Assembly:
    """An assembly that grows stack by stack."""

    folder: Path
    _artifacts: dict[str, Any] = field(default_factory=dict)
    _assets: dict[str, Any] = field(default_factory=dict)

    def stack(self, name: str, template: Template, after: tuple[str, ...] = ()) -> None:
        """Add a stack; where its template says `Asset`, a folder of the client is packed."""
        text = json.dumps(self._packed(template))
        file = f"{name}.template.json"
        (self.folder / file).write_text(text)
        key = f"{hashlib.sha256(text.encode()).hexdigest()}.json"
        files = {**self._assets, key: _asset(file, "file", key)}
        assets = {"version": "48.0.0", "files": files, "dockerImages": {}}
        (self.folder / f"{name}.assets.json").write_text(json.dumps(assets))
        self._artifacts[name] = {
            "type": "aws:cloudformation:stack",
            "environment": "aws://unknown-account/unknown-region",
            "properties": {"templateFile": file, "stackName": name},
            "dependencies": list(after),
            "displayName": name.replace("-", "/", 1),
        }
        manifest = {"version": "48.0.0", "artifacts": self._artifacts}
        (self.folder / "manifest.json").write_text(json.dumps(manifest))

    def _packed(self, part: Any) -> Any:  # a template is anything JSON can be
        if isinstance(part, list):
            return [self._packed(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "Asset" in part:
            return self._asset(CLIENT / part["Asset"])
        return {name: self._packed(one) for name, one in part.items()}

    def _asset(self, source: Path) -> dict[str, Any]:
        texts = {str(file): file.read_text() for file in sorted(source.rglob("*.py"))}
        digest = hashlib.sha256(json.dumps(texts).encode()).hexdigest()
        target = self.folder / f"asset.{digest}"
        shutil.copytree(
            source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
        self._assets[digest] = _asset(target.name, "zip", f"{digest}.zip")
        return {"S3Bucket": {"Fn::Sub": ASSETS}, "S3Key": f"{digest}.zip"}


def acme(folder: Path) -> Assembly:
    """The client of these tests: two stacks that know each other by parameters."""
    assembly = Assembly(folder)
    assembly.stack("acme-Leads", client_template("leads"))
    assembly.stack("acme-Nurturing", client_template("nurturing"), after=("acme-Leads",))
    return assembly


def client_template(name: str) -> Template:
    template: Template = yaml.safe_load((CLIENT / f"{name}.yaml").read_text())
    return template


def _asset(path: str, packaging: str, key: str) -> dict[str, Any]:
    target = {"bucketName": ASSETS, "objectKey": key}
    return {"source": {"path": path, "packaging": packaging}, "destinations": {"here": target}}
