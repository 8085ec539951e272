"""What a client's playbook and our code make of its leads; may go and come back."""

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from infra.bundling.interpreter import NO_PYCS, lambda_python
from infra.constructs.alarms import Alarms
from infra.constructs.email_events import EmailEvents
from infra.constructs.ground import Ground
from infra.constructs.journeys import Journeys
from infra.constructs.layers import Layers
from infra.constructs.leads_access import LeadsAccess
from infra.constructs.mail_sending import MailSending
from infra.constructs.public_functions import PublicFunctions
from infra.constructs.reactions import Reactions
from infra.constructs.replies import Replies
from infra.constructs.reputation import Reputation
from infra.constructs.schedules import Schedules
from infra.constructs.sweep_clock import SweepClock
from infra.place import Place
from infra.playbook.compiled import CompiledClient


class Nurturing(Stack):
    def __init__(self, scope: Construct, *, place: Place, compiled: CompiledClient) -> None:
        super().__init__(
            scope,
            "Nurturing",
            description=f"Coldframe: nurtures for {compiled.client.name} ({place.environment})",
        )
        ground = self._ground(place, compiled)
        self.layers = ground.layers

        PublicFunctions(self, ground=ground, domain=place.domain(compiled.extra.domain))
        EmailEvents(self, ground=ground)
        if compiled.client.replies:
            Replies(self, ground=ground, place=place, replies=compiled.client.replies)
        journeys = Journeys(self, ground=ground, machines=compiled.machines)
        schedules = Schedules(self, ground=ground, journeys=journeys, compiled=compiled)
        Reputation(self, ground=ground, schedules=schedules)
        reactions = Reactions(self, ground=ground, journeys=journeys, schedules=schedules)

        ground.alarms.on_logged(
            "Again",
            [*reactions.functions, schedules.sweep],
            "stream records, or what is due, could not be handled and come again; the stream's are"
            " kept aside after three tries",
        )
        self._tell_python()

    def _ground(self, place: Place, compiled: CompiledClient) -> Ground:
        return Ground(
            leads=LeadsAccess(self, place=place),
            layers=Layers(self, place=place, compiled=compiled),
            alarms=Alarms(self, place=place, alerts=compiled.extra.alerts),
            sending=MailSending(self, place=place, sender=compiled.client.sender.address),
            clock=SweepClock(self),
        )

    def _tell_python(self) -> None:
        python = lambda_python()
        CfnOutput(
            self,
            "CompiledPycs",
            value=python.version if python else NO_PYCS,
            description="The Python whose bytecode the functions ship",
        )
