"""SES's own list of suppressed addresses, as far as it is this client's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from coldframe.adapters.aws import faults_named
from coldframe.services.reconciling import Suppressed

if TYPE_CHECKING:
    from types_boto3_sesv2 import SESV2Client


@dataclass(frozen=True, slots=True)
class SesSuppressions:
    client: "SESV2Client"
    tenant: str
    """Its name; empty: the account's own list."""

    def since(self, at: datetime) -> Iterator[Suppressed]:
        asked: dict[str, Any] = {"StartDate": at, "PageSize": 1000}
        if self.tenant:
            asked["TenantName"] = self.tenant
        while True:
            with faults_named():
                page = self.client.list_suppressed_destinations(**asked)
            for each in page.get("SuppressedDestinationSummaries", []):
                yield Suppressed(
                    address=each["EmailAddress"],
                    complained=each["Reason"] == "COMPLAINT",
                    at=each["LastUpdateTime"],
                )
            if not page.get("NextToken"):
                return
            asked["NextToken"] = page["NextToken"]
