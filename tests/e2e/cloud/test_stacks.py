"""Stacks of a cloud assembly come up, change, and say why when they don't."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.cloud import things
from tests.e2e.cloud.assembly import Assembly, client_template
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.stacks.assembly import NoSuchStack
from workbench.cloud.stacks.deploy import DeployFailed


def parameter(value: str, name: str = "/stacks/word") -> dict[str, Any]:
    properties = {"Type": "String", "Name": name, "Value": value}
    resource = {"Type": "AWS::SSM::Parameter", "Properties": properties}
    return {"Resources": {"Word": resource}, "Outputs": {"Word": {"Value": value}}}


def test_a_stack_is_created_then_updated_and_left_alone_without_changes(
    cloud: LocalCloud, tmp_path: Path
) -> None:
    for value in ("one", "two", "two"):
        assembly = Assembly(tmp_path)
        assembly.stack("stacks-Word", parameter(value))
        assert cloud.deploy(tmp_path) == {"stacks-Word": {"Word": value}}

    stored = cloud.client("ssm").get_parameter(Name="/stacks/word")["Parameter"]["Value"]
    assert stored == "two"


def test_stacks_are_found_by_name_path_and_in_nested_assemblies(
    cloud: LocalCloud, tmp_path: Path
) -> None:
    nested = tmp_path / "assembly-nested"
    nested.mkdir()
    Assembly(nested).stack("nested-Word", parameter("inner", "/nested/word"))
    stage = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-nested"}}
    manifest = {"version": "48.0.0", "artifacts": {"nested": stage}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))

    assert cloud.deploy(tmp_path, ["nested/Word"]) == {"nested-Word": {"Word": "inner"}}
    with pytest.raises(NoSuchStack, match="it has nested/Word"):
        cloud.deploy(tmp_path, ["nested/Wrod"])


def test_a_stack_that_never_came_up_can_be_tried_again(cloud: LocalCloud, tmp_path: Path) -> None:
    cloud.client("ssm").put_parameter(Name="/taken/word", Value="x", Type="String")
    Assembly(tmp_path).stack("taken-Word", parameter("mine", "/taken/word"))
    with pytest.raises(DeployFailed, match="already exists"):
        cloud.deploy(tmp_path)

    cloud.client("ssm").delete_parameter(Name="/taken/word")

    assert cloud.deploy(tmp_path) == {"taken-Word": {"Word": "mine"}}


def test_an_unknown_type_fails_by_name(cloud: LocalCloud, tmp_path: Path) -> None:
    template = {"Resources": {"Odd": {"Type": "AWS::Quantum::Teapot", "Properties": {}}}}
    Assembly(tmp_path).stack("stacks-Odd", template)

    with pytest.raises(Exception, match="AWS::Quantum::Teapot"):
        cloud.deploy(tmp_path)


def test_a_failed_resource_is_named_with_its_reason(cloud: LocalCloud, tmp_path: Path) -> None:
    definition = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Nowhere"}}}
    machine = {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {"Definition": definition, "RoleArn": things.ROLE},
    }
    Assembly(tmp_path).stack("stacks-Broken", {"Resources": {"Journey": machine}})

    with pytest.raises(DeployFailed, match=r"(?s)Journey .*no state 'Nowhere'"):
        cloud.deploy(tmp_path)


def test_types_without_a_service_behind_them_stand_in(cloud: LocalCloud, tmp_path: Path) -> None:
    Assembly(tmp_path).stack("stacks-Stand-ins", client_template("stand-ins"))

    found = cloud.deploy(tmp_path)["stacks-Stand-ins"]

    assert found["Tenant"] == "t"
    assert found["Keys"].startswith("arn:aws:secretsmanager:")
    secret = cloud.client("secretsmanager").get_secret_value(SecretId=found["Keys"])
    assert len(json.loads(secret["SecretString"])["id"]) == 43
