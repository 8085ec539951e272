"""What answers the public routes; each function may do the least its route needs."""

from aws_cdk import aws_iam as iam
from constructs import Construct

from coldframe.entrypoints.settings import FileSettings, KeySettings, Settings, SignedSettings
from infra.constructs.coldframe_function import USER_FACING, ColdframeFunction
from infra.constructs.ground import Ground
from infra.constructs.routes import Route, Routes

A_FORM = (
    "a visitor has no account yet; the function can only append what the form declares, and the"
    " route's throttle bounds what a flood may cost the client"
)
A_PAGE = "whoever may fill in a form may look at it; nothing is stored of that"
A_SCRIPT = "the pages of the client embed it, so everybody who looks at them reads it"
A_VISIT = (
    "a visitor has no account; the function can only append listed public kinds, apart from every"
    " lead, and what nobody's name is put to expires; the throttle bounds what a flood may cost"
)
A_SIGNATURE = "the client's server signs the body with a key of its own; anything else is refused"
A_HOOK = "a service signs what it tells with a secret that the client keeps; all else is refused"
A_BROWSER = (
    "pages of the client ask which fields to ask for, by their visitor's own random id, and learn"
    " nothing else"
)
A_LINK = "whoever got the mail holds a link that we signed for this lead and this purpose alone"
A_FILE = (
    "these are the files that the client gives away, some by links that we signed alone; the"
    " function can only append that one was asked for, and the throttle bounds what that may cost"
)


class PublicFunctions(Construct):
    def __init__(
        self,
        scope: Construct,
        *,
        ground: Ground,
        domain: str | None,
    ) -> None:
        super().__init__(scope, "Public")
        self._leads, self._layers = ground.leads, ground.layers
        Routes(
            self,
            api=self._leads.api,
            domain=domain,
            routes=[
                *self._forms(),
                *self._visits(),
                *self._servers(),
                *self._files(),
                *self._links(),
            ],
        )
        ground.alarms.on_server_errors(self._leads.api, "visitors got errors of ours for an answer")

    def _forms(self) -> list[Route]:
        capture, show = self._signed("capture_lead"), self._shown()
        self._leads.grant_append(capture)
        return [
            Route("GET", "/forms/{form}", show, 50, 100, A_PAGE),
            Route("POST", "/forms/{form}", capture, 20, 50, A_FORM),
        ]

    def _visits(self) -> list[Route]:
        visit = self._signed("record_visit")
        self._leads.grant_append(visit)
        return [
            Route("GET", "/activity", visit, 50, 100, A_SCRIPT),
            Route("POST", "/activity", visit, 50, 100, A_VISIT),
        ]

    def _servers(self) -> list[Route]:
        record, hear = self._signed("record_event"), self._signed("receive_hook")
        for appending in (record, hear):
            self._leads.grant_append(appending)
        return [
            Route("POST", "/events", record, 50, 100, A_SIGNATURE),
            Route("POST", "/hooks/{source}", hear, 50, 100, A_HOOK),
        ]

    def _links(self) -> list[Route]:
        """What mails link to."""
        follow = self._signed("follow_link")
        self._leads.grant_append(follow)
        confirm = self._signed("confirm_consent")
        self._leads.grant_confirm(confirm)
        prefer = self._signed("choose_preferences")
        self._leads.grant_work(prefer)
        unsubscribe = self._signed("unsubscribe")
        self._leads.grant_forbid(unsubscribe)
        return [
            Route("GET", "/go/{token}", follow, 100, 200, A_LINK),
            Route("HEAD", "/go/{token}", follow, 100, 200, A_LINK),
            Route("GET", "/confirm/{token}", confirm, 50, 100, A_LINK),
            Route("POST", "/confirm/{token}", confirm, 20, 50, A_LINK),
            Route("POST", "/forms/{form}/asked", confirm, 20, 50, A_BROWSER, "PostAsked"),
            Route("GET", "/preferences/{token}", prefer, 50, 100, A_LINK),
            Route("POST", "/preferences/{token}", prefer, 20, 50, A_LINK),
            Route("GET", "/unsubscribe/{token}", unsubscribe, 50, 100, A_LINK),
            Route("POST", "/unsubscribe/{token}", unsubscribe, 50, 100, A_LINK),
        ]

    def _files(self) -> list[Route]:
        """Its bucket, and whatever a download leaves: what a form gives is asked for by a lead."""
        settings = FileSettings(
            table=self._leads.table, secret=self._leads.keys, bucket=self._layers.bucket
        )
        serve = self._function("serve_file", settings)
        if self._layers.gated:
            self._leads.grant_keys(serve)
            self._leads.grant_append(serve)
        if arns := self._layers.file_arns():
            serve.add_to_role_policy(iam.PolicyStatement(actions=["s3:GetObject"], resources=arns))
        return [
            Route("GET", "/files/{hash}/{name}", serve, 50, 100, A_FILE),
            Route("HEAD", "/files/{hash}/{name}", serve, 50, 100, A_FILE),
        ]

    def _signed(self, name: str) -> ColdframeFunction:
        settings = SignedSettings(table=self._leads.table, secret=self._leads.keys)
        function = self._function(name, settings)
        self._leads.grant_keys(function)
        return function

    def _shown(self) -> ColdframeFunction:
        """Signs when it showed a form; it can't even name the table."""
        show = self._function("show_form", KeySettings(secret=self._leads.keys))
        self._leads.grant_keys(show)
        return show

    def _function(self, name: str, settings: Settings) -> ColdframeFunction:
        return ColdframeFunction(
            self, name, layers=self._layers.all, settings=settings, memory=USER_FACING
        )
