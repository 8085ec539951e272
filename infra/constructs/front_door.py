"""The HTTP API that landing pages post to and mails link to; its routes come with the code."""

from collections.abc import Sequence

from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_certificatemanager as acm
from constructs import Construct

from infra.logical_ids import API, pin
from infra.reading.values import origin

METHODS = [apigateway.CorsHttpMethod.GET, apigateway.CorsHttpMethod.POST]


class FrontDoor(Construct):
    """Lives with the leads: links in old mails work for years."""

    def __init__(
        self,
        scope: Construct,
        *,
        sites: Sequence[str],
        domain: str | None,
        certificate: str | None,
    ) -> None:
        super().__init__(scope, "FrontDoor")
        self.api = apigateway.HttpApi(
            self,
            "Api",
            create_default_stage=False,
            disable_execute_api_endpoint=domain is not None,
            cors_preflight=_cors(sites),
        )
        pin(self.api, API)
        self.domain = self._named(domain, certificate) if domain and certificate else None
        stack = Stack.of(self)
        self.address = (
            f"https://{domain}"
            if self.domain
            else f"https://{self.api.api_id}.execute-api.{stack.region}.{stack.url_suffix}"
        )

    def _named(self, domain: str, certificate: str) -> apigateway.DomainName:
        return apigateway.DomainName(
            self,
            "Domain",
            domain_name=domain,
            certificate=acm.Certificate.from_certificate_arn(self, "Certificate", certificate),
            security_policy=apigateway.SecurityPolicy.TLS_1_2,
        )


def _cors(sites: Sequence[str]) -> apigateway.CorsPreflightOptions | None:
    """The client's own pages may post JSON; plain HTML forms need no permission."""
    if not sites:
        return None
    return apigateway.CorsPreflightOptions(
        allow_origins=list(dict.fromkeys(map(origin, sites))),
        allow_methods=METHODS,
        allow_headers=["accept", "content-type"],
        max_age=Duration.days(1),
    )
