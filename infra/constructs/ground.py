"""What everything that nurtures stands on: the leads, our code, SES, the clock and the alarms."""

from dataclasses import dataclass

from infra.constructs.alarms import Alarms
from infra.constructs.layers import Layers
from infra.constructs.leads_access import LeadsAccess
from infra.constructs.mail_sending import MailSending
from infra.constructs.sweep_clock import SweepClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A construct takes what it needs; that it may see the rest gives no function a right."""

    leads: LeadsAccess
    layers: Layers
    sending: MailSending
    clock: SweepClock
    alarms: Alarms

    def send_settings(self) -> dict[str, str]:
        """What everything that sends mail must know, as SendSettings hold it."""
        return {
            "table": self.leads.table,
            "secret": self.leads.keys,
            "configuration_set": self.sending.configuration_set,
            "tenant": self.sending.tenant,
            "base_url": self.leads.address,
        }
