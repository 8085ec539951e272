"""Every AWS operation that the functions call: what is left of botocore's data."""

OPERATIONS: dict[str, tuple[str, ...]] = {
    "dynamodb": (
        "BatchGetItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "TransactWriteItems",
        "UpdateItem",
    ),
    "lambda": ("Invoke",),
    "s3": ("GetObject",),
    "scheduler": ("GetSchedule", "UpdateSchedule"),
    "secretsmanager": ("GetSecretValue",),
    "sesv2": (
        "ListSuppressedDestinations",
        "SendEmail",
    ),
    "stepfunctions": (
        "SendTaskFailure",
        "SendTaskSuccess",
        "StartExecution",
        "StopExecution",
    ),
}
"""By botocore's name of the service."""

ENDPOINT_PREFIXES = {"sesv2": "email", "stepfunctions": "states"}
"""What botocore's ``endpoints.json`` calls a service, where that differs."""
