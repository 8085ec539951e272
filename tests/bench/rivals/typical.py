"""The handler of a typical tutorial: a post is validated, stored and counted."""

import base64
import os
from typing import Any
from urllib.parse import parse_qs

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import BaseModel, EmailStr

logger = Logger(service="leads")
tracer = Tracer(service="leads")
metrics = Metrics(namespace="leads", service="leads")
table = boto3.resource("dynamodb").Table(os.environ["COLDFRAME_TABLE"])


class Lead(BaseModel):
    email: EmailStr
    first_name: str = ""
    letters: bool = False


@metrics.log_metrics(capture_cold_start_metric=True)
@tracer.capture_lambda_handler
@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Two signed calls: what is known of the lead, and what is so now."""
    posted = parse_qs(base64.b64decode(event["body"]).decode())
    lead = Lead.model_validate({name: values[0] for name, values in posted.items()})
    known = table.get_item(Key={"id": lead.email}).get("Item", {})
    table.put_item(Item={**known, "id": lead.email, **lead.model_dump()})
    metrics.add_metric(name="Leads", unit=MetricUnit.Count, value=1)
    logger.info("lead captured")
    return {"statusCode": 303, "headers": {"location": "https://bakery.example/thanks"}}
