"""The public routes, how often each may be called, and what is logged of a call."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.accepted import accept
from infra.bundling.service_model import compact
from infra.constructs.coldframe_function import ColdframeFunction

LOGGED = {
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency": "$context.responseLatency",
    "request": "$context.requestId",
}
"""Never the path, which holds tokens, nor an address of the caller."""


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    function: ColdframeFunction
    per_second: int
    burst: int
    open_because: str
    """What protects the client where there is no one to log in."""
    called: str = ""
    """In the stack; empty: after its method and function, which have no other route together."""

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"


class Routes(Construct):
    """Throttled one by one: a flood on one route leaves the others alone."""

    def __init__(
        self,
        scope: Construct,
        *,
        api: apigateway.IHttpApi,
        domain: str | None,
        routes: Sequence[Route],
    ) -> None:
        super().__init__(scope, "Routes")
        added = [self._add(api, route) for route in routes]
        self.stage = apigateway.CfnStage(
            self,
            "Stage",
            api_id=api.api_id,
            stage_name="$default",
            auto_deploy=True,
            access_log_settings=self._access_log(),
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=10, throttling_burst_limit=20
            ),
            route_settings={
                route.key: {
                    "ThrottlingRateLimit": route.per_second,
                    "ThrottlingBurstLimit": route.burst,
                }
                for route in routes
            },
        )
        self.stage.node.add_dependency(*added)
        if domain:
            self._answer_at(domain)

    def _add(self, api: apigateway.IHttpApi, route: Route) -> apigateway.HttpRoute:
        name = route.called or f"{route.method.title()}{route.function.node.id}"
        added = apigateway.HttpRoute(
            self,
            name,
            http_api=api,
            route_key=apigateway.HttpRouteKey.with_(
                route.path, apigateway.HttpMethod[route.method]
            ),
            integration=integrations.HttpLambdaIntegration(f"{name}Call", route.function),
        )
        accept(added, {"AwsSolutions-APIG4": route.open_because})
        return added

    def _answer_at(self, domain: str) -> None:
        """The domain itself lives with the leads; what it leads to comes and goes with routes."""
        mapping = apigateway.CfnApiMapping(
            self,
            "Mapping",
            api_id=self.stage.api_id,
            domain_name=domain,
            stage=self.stage.stage_name,
        )
        mapping.add_resource_dependency(self.stage)

    def _access_log(self) -> apigateway.CfnStage.AccessLogSettingsProperty:
        log = logs.LogGroup(
            self,
            "AccessLog",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        return apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=log.log_group_arn, format=compact(LOGGED)
        )
