"""Least privilege, proven: take one grant away, and what needed it stops."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.people import mails_to, names_of, post
from workbench.local.deployed import DeployedTown

pytestmark = pytest.mark.xdist_group("local cloud")


def role_of(town: DeployedTown, function: str) -> str:
    """The name of a bakery function's role."""
    functions = town.cloud.client("lambda").list_functions()["Functions"]
    (role,) = {
        str(each["Role"]).rpartition("/")[2]
        for each in functions
        if each["FunctionName"].startswith("bakery") and function in each["FunctionName"]
    }
    return role


@pytest.fixture
def without_sending(town: DeployedTown) -> Iterator[None]:
    """The policies that let send_message call SES, taken away and given back."""
    iam, role = town.cloud.client("iam"), role_of(town, "SendMessage")
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    taken: dict[str, Any] = {}
    for name in names:
        document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        if "ses:SendEmail" in str(document):
            taken[name] = document
            kept = [each for each in document["Statement"] if "ses:" not in str(each["Action"])]
            _put(iam, role, name, {**document, "Statement": kept})
    assert taken
    yield
    for name, document in taken.items():
        _put(iam, role, name, document)


def _put(iam: Any, role: str, name: str, document: Any) -> None:
    import json

    iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))


@pytest.mark.usefixtures("without_sending")
def test_without_its_grant_on_ses_no_mail_goes_out(town: DeployedTown) -> None:
    post(town, "ungranted@example.com")
    town.settle()

    assert mails_to(town, "ungranted@example.com") == []


def test_with_all_grants_it_does(town: DeployedTown) -> None:
    post(town, "granted@example.com")
    town.settle()

    assert names_of(mails_to(town, "granted@example.com")) == ["cake-guide"]
