"""The table's stream, inserted touchpoints: consequences are drawn and stored."""

from coldframe.adapters.aws import Clients
from coldframe.domain.touchpoint import Touchpoint
from coldframe.entrypoints.observability import observed
from coldframe.entrypoints.parts import touchpoints
from coldframe.entrypoints.settings import SweepAlarmSettings
from coldframe.entrypoints.streams import each_touchpoint, told_of
from coldframe.entrypoints.wiring_reactions import reacting

settings = SweepAlarmSettings.from_environment()
aws = Clients()
react = reacting(settings, aws)


@observed
@each_touchpoint(parking=touchpoints(settings, aws))
def handler(touchpoint: Touchpoint) -> None:
    told_of(touchpoint, parked=react(touchpoint))
