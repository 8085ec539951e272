"""What is promised about a client's leads, whatever happens to our code."""

import json

from tests.infra.assembly import Stacks, texts


def test_keeps_its_leads_when_the_stack_goes(stacks: Stacks) -> None:
    assert stacks.leads.protected
    for name, resource in stacks.leads.resources.items():
        assert resource["DeletionPolicy"] == "Retain", name
        assert resource["UpdateReplacePolicy"] == "Retain", name


def test_nobody_deletes_the_table_by_hand_either(stacks: Stacks) -> None:
    (replica,) = stacks.leads.of("DynamoDB::GlobalTable")["LeadTable"]["Replicas"]

    assert replica["DeletionProtectionEnabled"] is True


def test_any_second_of_the_last_35_days_can_be_restored(stacks: Stacks) -> None:
    (replica,) = stacks.leads.of("DynamoDB::GlobalTable")["LeadTable"]["Replicas"]

    assert replica["PointInTimeRecoverySpecification"] == {
        "PointInTimeRecoveryEnabled": True,
        "RecoveryPeriodInDays": 35,
    }


def test_the_table_costs_nothing_while_nobody_comes(stacks: Stacks) -> None:
    table = stacks.leads.of("DynamoDB::GlobalTable")["LeadTable"]

    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_table_streams_new_images_and_has_two_sparse_indexes(stacks: Stacks) -> None:
    table = stacks.leads.of("DynamoDB::GlobalTable")["LeadTable"]

    keys = {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in table["GlobalSecondaryIndexes"]
    }

    assert table["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]
    assert keys == {"due": ["due_shard", "due_at"], "roster": ["member_shard", "pk"]}
    for index in table["GlobalSecondaryIndexes"]:
        assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}


def test_what_must_never_be_replaced_keeps_its_logical_id(stacks: Stacks) -> None:
    kinds = {name: resource["Type"] for name, resource in stacks.leads.resources.items()}

    assert kinds["LeadTable"] == "AWS::DynamoDB::GlobalTable"
    assert kinds["Api"] == "AWS::ApiGatewayV2::Api"
    assert kinds["Keys"] == "AWS::SecretsManager::Secret"
    assert kinds["JourneyRole"] == "AWS::IAM::Role"
    assert kinds["Failures"] == "AWS::S3::Bucket"


def test_the_id_key_is_generated_once_and_never_rotated(stacks: Stacks) -> None:
    secret = stacks.leads.of("SecretsManager::Secret")["Keys"]["GenerateSecretString"]

    assert secret["GenerateStringKey"] == "id"
    assert json.loads(secret["SecretStringTemplate"]) == {"sign": []}
    assert not stacks.leads.of("SecretsManager::RotationSchedule")


def test_neither_stack_holds_the_other(stacks: Stacks) -> None:
    for template in stacks.both:
        assert "Fn::ImportValue" not in template.text
        assert not any("Export" in output for output in template.document["Outputs"].values())


def test_nurturing_reads_exactly_what_leads_leaves_it(stacks: Stacks) -> None:
    left = {parameter["Name"] for parameter in stacks.leads.of("SSM::Parameter").values()}
    read = {parameter["Default"] for parameter in stacks.nurturing.document["Parameters"].values()}

    assert {name for name in read if name.startswith("/coldframe/")} == left


def test_failed_records_are_kept_private_and_not_for_ever(stacks: Stacks) -> None:
    bucket = stacks.leads.of("S3::Bucket")["Failures"]

    assert all(bucket["PublicAccessBlockConfiguration"].values())
    assert [rule["ExpirationInDays"] for rule in bucket["LifecycleConfiguration"]["Rules"]] == [90]


def test_only_the_clients_own_pages_may_call_from_a_browser(stacks: Stacks) -> None:
    cors = stacks.leads.of("ApiGatewayV2::Api")["Api"].get("CorsConfiguration", {})

    assert "*" not in set(texts(cors.get("AllowOrigins", [])))
    assert not cors.get("AllowCredentials")


def test_production_answers_at_the_clients_own_domain_alone(production: Stacks) -> None:
    api = production.leads.of("ApiGatewayV2::Api")["Api"]
    (domain,) = production.leads.of("ApiGatewayV2::DomainName").values()
    (mapping,) = production.nurturing.of("ApiGatewayV2::ApiMapping").values()

    assert api["DisableExecuteApiEndpoint"] is True
    assert mapping["DomainName"] == domain["DomainName"] == "go.lindenbakery.example"
    addresses = {
        parameter["Value"]
        for parameter in production.leads.of("SSM::Parameter").values()
        if parameter["Name"] == "/coldframe/bakery/prod/address"
    }
    assert addresses == {"https://go.lindenbakery.example"}


def test_production_proves_its_whole_domain(production: Stacks, stacks: Stacks) -> None:
    (proven,) = production.leads.of("SES::EmailIdentity").values()
    elsewhere = stacks.leads.of("SES::EmailIdentity").values()

    assert proven["EmailIdentity"] == "lindenbakery.example"
    assert [
        one["EmailIdentity"].partition(".")[0]
        for one in elsewhere
        if "@" not in one["EmailIdentity"]
    ] == ["dev"]
