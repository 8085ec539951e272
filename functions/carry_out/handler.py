"""The table's stream, inserted decisions: journeys start and stop, waits are answered."""

from coldframe.adapters.aws import Clients
from coldframe.domain.decision import Decision
from coldframe.entrypoints.observability import fact, observed
from coldframe.entrypoints.parts import touchpoints
from coldframe.entrypoints.settings import RunSettings
from coldframe.entrypoints.streams import each_decision
from coldframe.entrypoints.wiring_reactions import carrying_out

settings = RunSettings.from_environment()
aws = Clients()
carry_out = carrying_out(settings, aws)


@observed
@each_decision(parking=touchpoints(settings, aws))
def handler(decision: Decision) -> None:
    carry_out(decision)
    fact("carried out", decision=decision.id, kind=decision.kind, journey=decision.journey)
