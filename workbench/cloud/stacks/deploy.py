"""Deploys stacks of a cloud assembly: assets to their buckets, then create or update by URL."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from workbench.cloud.access import ACCOUNT, REGION
from workbench.cloud.stacks.assembly import Stack, select

BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version"
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
NEVER_UP = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED")
POLL_SECONDS = 0.01

Outputs = dict[str, dict[str, str]]
ClientFor = Callable[..., Any]


class DeployFailed(RuntimeError):
    """A stack did not come up; the message holds CloudFormation's reasons."""


class Deployer:
    """What `cdk deploy` does, without the CLI and its bootstrap."""

    def __init__(self, endpoint: str, client: ClientFor) -> None:
        self._endpoint = endpoint
        self._client = client

    def deploy(self, assembly: Path, names: Iterable[str] | None) -> Outputs:
        """Deploy the stacks in order; their outputs by stack name."""
        return {stack.name: self._deploy(stack) for stack in select(assembly, names)}

    def _deploy(self, stack: Stack) -> dict[str, str]:
        place = {"region": stack.region or REGION, "account": stack.account or ACCOUNT}
        self._client("ssm", **place).put_parameter(
            Name=BOOTSTRAP_VERSION, Value="30", Type="String", Overwrite=True
        )
        template = self._upload(stack, place)
        formation = self._client("cloudformation", **place)
        request = {
            "StackName": stack.name,
            "TemplateURL": template,
            "Capabilities": CAPABILITIES,
            "Parameters": [
                {"ParameterKey": key, "ParameterValue": value}
                for key, value in stack.parameters.items()
            ],
        }
        if _exists(formation, stack.name):
            _update(formation, request)
        else:
            formation.create_stack(**request, EnableTerminationProtection=stack.protected)
        return _outputs(formation, stack.name)

    def _upload(self, stack: Stack, place: dict[str, str]) -> str:
        """Put the stack's files where its template expects them; answers the template's URL."""
        storage = self._client("s3", **place)
        url = ""
        for source, bucket, key in _destinations(stack, place):
            _ensure_bucket(storage, bucket)
            if not _has(storage, bucket, key):
                storage.put_object(Bucket=bucket, Key=key, Body=_content(source))
            if source == stack.template:
                url = f"{self._endpoint}/{bucket}/{key}"
        return url or self._upload_bare_template(storage, stack)

    def _upload_bare_template(self, storage: Any, stack: Stack) -> str:
        bucket = "local-cloud-templates"
        _ensure_bucket(storage, bucket)
        storage.put_object(Bucket=bucket, Key=stack.name, Body=stack.template.read_bytes())
        return f"{self._endpoint}/{bucket}/{stack.name}"


def _destinations(stack: Stack, place: dict[str, str]) -> Iterator[tuple[Path, str, str]]:
    if stack.assets is None:
        return
    for asset in json.loads(stack.assets.read_text())["files"].values():
        source = stack.assets.parent / asset["source"]["path"]
        for target in asset["destinations"].values():
            yield source, _placed(target["bucketName"], place), _placed(target["objectKey"], place)


def _placed(text: str, place: dict[str, str]) -> str:
    names = {"AccountId": place["account"], "Region": place["region"], "Partition": "aws"}
    for name, value in names.items():
        text = text.replace(f"${{AWS::{name}}}", value)
    return text


def _content(source: Path) -> bytes:
    """A file as it is, a folder as a zip; stored, for nobody pays for its size here."""
    if source.is_file():
        return source.read_bytes()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(path.relative_to(source).as_posix())
                info.external_attr = 0o644 << 16
                target.writestr(info, path.read_bytes())
    return archive.getvalue()


def _ensure_bucket(storage: Any, bucket: str) -> None:
    try:
        storage.head_bucket(Bucket=bucket)
    except ClientError:
        storage.create_bucket(Bucket=bucket)


def _has(storage: Any, bucket: str, key: str) -> bool:
    try:
        storage.head_object(Bucket=bucket, Key=key)
    except ClientError:
        return False
    return True


def _exists(formation: Any, name: str) -> bool:
    """Whether there is a stack to update; one that never came up is cleared away."""
    try:
        stack = formation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError:
        return False
    if stack["StackStatus"] not in NEVER_UP:
        return True
    formation.delete_stack(StackName=name)
    while _status(formation, name) == "DELETE_IN_PROGRESS":
        time.sleep(POLL_SECONDS)
    return False


def _status(formation: Any, name: str) -> str | None:
    try:
        status: str = formation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
    except ClientError:
        return None
    return status


def _update(formation: Any, request: dict[str, Any]) -> None:
    try:
        formation.update_stack(**request)
    except ClientError as refusal:
        if "No updates are to be performed" not in str(refusal):
            raise


def _outputs(formation: Any, name: str) -> dict[str, str]:
    while True:
        stack = formation.describe_stacks(StackName=name)["Stacks"][0]
        if not stack["StackStatus"].endswith("IN_PROGRESS"):
            break
        time.sleep(POLL_SECONDS)
    if stack["StackStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise DeployFailed(_reasons(formation, stack))
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def _reasons(formation: Any, stack: dict[str, Any]) -> str:
    name, status = stack["StackName"], stack["StackStatus"]
    lines = [f"{name}: {status} {stack.get('StackStatusReason', '')}".rstrip()]
    for event in reversed(formation.describe_stack_events(StackName=name)["StackEvents"]):
        if "FAILED" in event["ResourceStatus"]:
            reason = event.get("ResourceStatusReason", "")
            lines.append(f"  {event['LogicalResourceId']} ({event['ResourceType']}): {reason}")
    return "\n".join(lines)
