"""The synth itself: a pure function of the repository, on any machine."""

import hashlib
import json
from pathlib import Path

import pytest

from infra.bundling.interpreter import lambda_python
from tests.infra.assembly import Stacks, synth, texts

PHYSICAL_NAMES = {
    *("FunctionName", "RoleName", "TableName", "QueueName", "TopicName", "BucketName"),
    *("StateMachineName", "AlarmName", "LogGroupName", "LayerName", "PolicyName", "GroupName"),
    *("DBClusterIdentifier", "RuleName"),
}
NAMED_ON_PURPOSE = {
    "AWS::SSM::Parameter",  # how the stacks find each other
    "AWS::SES::ConfigurationSet",  # SES wants names
    "AWS::SES::Tenant",
    "AWS::SES::EmailIdentity",
}


def test_the_same_sources_give_the_same_bytes(assembly: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere" / "cdk.out"
    again.parent.mkdir()

    assert synth(again).returncode == 0

    assert written(again) == written(assembly)


def written(outdir: Path) -> dict[str, str]:
    """Path → hash of its bytes."""
    return {
        path.relative_to(outdir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(outdir.rglob("*"))
        if path.is_file()
    }


def test_two_clients_in_one_account_never_collide(stacks: Stacks) -> None:
    for template in stacks.both:
        for name, resource in template.resources.items():
            if resource["Type"] in NAMED_ON_PURPOSE:
                assert stacks.client in json.dumps(resource["Properties"]), name
            elif resource["Type"] not in NAMES_A_RELATION:
                assert not PHYSICAL_NAMES & resource.get("Properties", {}).keys(), name


NAMES_A_RELATION = {
    "AWS::Lambda::Permission",  # the function it lets in
    "AWS::Lambda::EventSourceMapping",
    "AWS::IAM::Policy",  # inline: a name within its role
    "AWS::Logs::MetricFilter",  # the log that it reads
    "AWS::Scheduler::Schedule",  # its group
}


def test_only_the_sweep_has_a_name_of_its_own_among_schedules(stacks: Stacks) -> None:
    named = [
        schedule.get("Name") for schedule in stacks.nurturing.of("Scheduler::Schedule").values()
    ]

    assert [name for name in named if name] == ["sweep"]
    for group in stacks.nurturing.of("Scheduler::ScheduleGroup").values():
        assert "Name" not in group


def test_nothing_needs_code_of_ours_while_it_deploys(stacks: Stacks) -> None:
    for template in stacks.both:
        kinds = {resource["Type"] for resource in template.resources.values()}
        assert not any(kind.startswith(("Custom::", "AWS::CloudFormation::")) for kind in kinds)


def test_a_stack_says_whether_bytecode_was_shipped(stacks: Stacks) -> None:
    python = lambda_python()

    said = stacks.nurturing.document["Outputs"]["CompiledPycs"]["Value"]

    assert said == (python.version if python else "no")


def test_the_address_of_forms_is_an_output(stacks: Stacks) -> None:
    address = "".join(texts(stacks.leads.document["Outputs"]["Address"]["Value"]))

    assert address.startswith("https://")


def test_a_stack_goes_wherever_the_deploy_leads(stacks: Stacks) -> None:
    for template in stacks.both:
        assert "AWS::AccountId" in template.text


def test_all_checks_pass_with_their_reasons(assembly: Path) -> None:
    report = json.loads((assembly / "validation-report.json").read_text())

    for plugin in report["pluginReports"]:
        assert plugin["conclusion"] == "success", plugin["pluginName"]


def test_an_unknown_client_is_named_with_those_there_are(tmp_path: Path) -> None:
    done = synth(tmp_path / "cdk.out", "--only", "bakkery")

    assert done.returncode != 0
    assert "bakkery" in done.stderr
    assert "bakery, harbor" in done.stderr


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_every_environment_is_known(environment: str, tmp_path: Path) -> None:
    done = synth(tmp_path / "cdk.out", "--env", environment, "--only", "nobody")

    assert "nobody" in done.stderr
