"""What answers the public routes; each function may do the least its route needs."""

from aws_cdk import aws_iam as iam
from constructs import Construct

from coldframe.entrypoints.settings import FileSettings, KeySettings, SignedSettings
from infra.constructs.alarms import Alarms
from infra.constructs.coldframe_function import USER_FACING, ColdframeFunction
from infra.constructs.layers import Layers
from infra.constructs.leads_access import LeadsAccess
from infra.constructs.routes import Route, Routes

A_FORM = (
    "a visitor has no account yet; the function can only append what the form declares, and the"
    " route's throttle bounds what a flood may cost the client"
)
A_PAGE = "whoever may fill in a form may look at it; nothing is stored of that"
A_SIGNATURE = "the client's server signs the body with a key of its own; anything else is refused"
A_LINK = "whoever got the mail holds a link that we signed for this lead and this purpose alone"
A_FILE = "these are the files that the client gives away; the throttle bounds what that may cost"


class PublicFunctions(Construct):
    def __init__(
        self,
        scope: Construct,
        *,
        leads: LeadsAccess,
        layers: Layers,
        alarms: Alarms,
        domain: str | None,
    ) -> None:
        super().__init__(scope, "Public")
        self._leads = leads
        self._layers = layers
        capture = self._signed("capture_lead")
        show = self._shown()
        record = self._signed("record_event")
        follow = self._signed("follow_link")
        for appending in (capture, record, follow):
            leads.grant_append(appending)
        unsubscribe = self._signed("unsubscribe")
        leads.grant_forbid(unsubscribe)
        prefer = self._signed("choose_preferences")
        leads.grant_work(prefer)
        confirm = self._signed("confirm_consent")
        leads.grant_confirm(confirm)

        Routes(
            self,
            api=leads.api,
            domain=domain,
            routes=[
                Route("GET", "/forms/{form}", show, 50, 100, A_PAGE),
                Route("POST", "/forms/{form}", capture, 20, 50, A_FORM),
                Route("POST", "/events", record, 50, 100, A_SIGNATURE),
                Route("GET", "/go/{token}", follow, 100, 200, A_LINK),
                Route("HEAD", "/go/{token}", follow, 100, 200, A_LINK),
                Route("GET", "/files/{hash}/{name}", self._files(), 50, 100, A_FILE),
                Route("GET", "/confirm/{token}", confirm, 50, 100, A_LINK),
                Route("POST", "/confirm/{token}", confirm, 20, 50, A_LINK),
                Route("GET", "/preferences/{token}", prefer, 50, 100, A_LINK),
                Route("POST", "/preferences/{token}", prefer, 20, 50, A_LINK),
                Route("GET", "/unsubscribe/{token}", unsubscribe, 50, 100, A_LINK),
                Route("POST", "/unsubscribe/{token}", unsubscribe, 50, 100, A_LINK),
            ],
        )

        alarms.on_server_errors(leads.api, "visitors got errors of ours for an answer")

    def _signed(self, name: str) -> ColdframeFunction:
        function = ColdframeFunction(
            self,
            name,
            layers=self._layers.all,
            settings=SignedSettings(table=self._leads.table, secret=self._leads.keys),
            memory=USER_FACING,
        )
        self._leads.grant_keys(function)
        return function

    def _shown(self) -> ColdframeFunction:
        """Signs when it showed a form; it can't even name the table."""
        show = ColdframeFunction(
            self,
            "show_form",
            layers=self._layers.all,
            settings=KeySettings(secret=self._leads.keys),
            memory=USER_FACING,
        )
        self._leads.grant_keys(show)
        return show

    def _files(self) -> ColdframeFunction:
        serve = ColdframeFunction(
            self,
            "serve_file",
            layers=self._layers.all,
            settings=FileSettings(bucket=self._layers.bucket),
            memory=USER_FACING,
        )
        if arns := self._layers.file_arns():
            serve.add_to_role_policy(iam.PolicyStatement(actions=["s3:GetObject"], resources=arns))
        return serve
