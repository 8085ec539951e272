"""Composition of the function that receives replies."""

from typing import TYPE_CHECKING

from coldframe.adapters.aws import Clients
from coldframe.adapters.clock import SystemClock
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.touchpoints import DynamoTouchpoints
from coldframe.domain.lead import lead_id
from coldframe.entrypoints import settings as environment
from coldframe.entrypoints.parts import keys, lead_table, mailer

if TYPE_CHECKING:
    from coldframe.services.receiving_replies import ReceivingReplies


def receiving_replies(settings: environment.ReplySettings, aws: Clients) -> "ReceivingReplies":
    from coldframe.adapters.forwards import ForwardLetters
    from coldframe.adapters.gates import DynamoGates
    from coldframe.adapters.inbox import S3Inbox
    from coldframe.adapters.ledger import DynamoLedger
    from coldframe.adapters.profiles import DynamoProfiles
    from coldframe.adapters.reply_addresses import SignedReplyAddresses
    from coldframe.services.forwarding import Forwarding
    from coldframe.services.receiving_replies import ReceivingReplies

    table, playbook, secret = lead_table(settings, aws), CompiledPlaybook(), keys(settings, aws)
    addresses = SignedReplyAddresses(secret, settings.domain)
    ledger = DynamoLedger(table)
    return ReceivingReplies(
        inbox=S3Inbox(aws("s3"), settings.bucket),
        addresses=addresses,
        lead_of=lambda address: lead_id(secret().id, address),
        gates=DynamoGates(table),
        profiles=DynamoProfiles(table),
        touchpoints=DynamoTouchpoints(table),
        ledger=ledger,
        forwarding=Forwarding(
            ledger=ledger,
            mailer=mailer(settings, aws),
            writer=ForwardLetters(addresses),
            playbook=playbook,
            clock=SystemClock(),
        ),
        playbook=playbook,
    )
