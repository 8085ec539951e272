"""The function that sends broadcasts, asked to go on and not waited for."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.adapters.attributes import text
from coldframe.adapters.aws import faults_named

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient


@dataclass(frozen=True, slots=True)
class InvokedBroadcasts:
    client: "LambdaClient"
    function: str

    def go_on(self, broadcast: str, scheduled_at: datetime, lead: str | None = None) -> None:
        asked = {"broadcast": broadcast, "scheduled_at": text(scheduled_at)}
        payload = json.dumps({**asked, "lead": lead} if lead else asked)
        with faults_named():
            self.client.invoke(
                FunctionName=self.function, InvocationType="Event", Payload=payload.encode()
            )
