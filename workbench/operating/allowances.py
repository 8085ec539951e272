"""Whether what clients say they send fits into what SES lets their account send."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coldframe.domain.allowance import Allowance
from infra.playbook.client_file import ClientFile, read_client
from infra.playbook.folder import Folder
from infra.reading.problems import Problems
from workbench.operating.finding import Finding

RAISE = "or ask for more: SES console, Account dashboard, Request a limit increase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What one client declares, and what the others do whose mails go by the same account."""

    own: Allowance
    others: Mapping[str, Allowance]

    def findings(self, quota: Mapping[str, Any]) -> Iterator[Finding]:
        """``quota``: SES's SendQuota of the account."""
        allowances = [self.own, *self.others.values()]
        with_whom = f" with {', '.join(sorted(self.others))}" if self.others else ""
        rate, most = sum(each.rate for each in allowances), quota.get("MaxSendRate", 0)
        yield Finding(
            claim=f"the rate in client.yaml fits the account’s{with_whom}",
            holds=rate <= most,
            found=f"{rate:,} of {most:,.0f} a second",
            mend=f"lower `sending: {{rate}}`{_in_all(self.others)}, {RAISE}",
            blocks=False,
        )
        days = [each.a_day for each in allowances]
        a_day = quota.get("Max24HourSend", 0)
        if a_day < 0 or not any(days):
            return
        unsaid = sorted(name for name, each in self.others.items() if not each.a_day)
        yield Finding(
            claim=f"its day in client.yaml fits the account’s{with_whom}",
            holds=sum(days) <= a_day,
            found=f"{sum(days):,} of {a_day:,.0f} in 24 hours,"
            f" {quota.get('SentLast24Hours', 0):,.0f} sent"
            + (f"; {', '.join(unsaid)} declares none" if unsaid else ""),
            mend=f"lower `sending: {{a_day}}`{_in_all(self.others)}, {RAISE}",
            blocks=False,
        )


def sharing(folder: Path, environment: str) -> Sharing | None:
    """Of the client in this folder and those beside it; None: it declares no allowance."""
    own = _read(folder, environment)
    if own is None or own.client.allowance is None:
        return None
    found = (_read(each.parent, environment) for each in folder.parent.glob("*/client.yaml"))
    others = {
        each.client.client: each.client.allowance
        for each in found
        if each and each.client.allowance and each.client.client != own.client.client
        if (each.extra.account, each.extra.region) == (own.extra.account, own.extra.region)
    }
    return Sharing(own=own.client.allowance, others=others)


def _read(folder: Path, environment: str) -> ClientFile | None:
    """Only client.yaml: another client's mistakes elsewhere are no matter here."""
    problems = Problems()
    root = Folder(path=folder, problems=problems).yaml("client.yaml")
    return read_client(root, client=folder.name, environment=environment) if root else None


def _in_all(others: Mapping[str, Allowance]) -> str:
    return " in one of them" if others else ""
