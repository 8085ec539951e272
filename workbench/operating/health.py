"""What still blocks a client's mails, and how each is mended."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from coldframe.adapters.client_pause import ClientPauses
from infra.place import Place
from infra.playbook.compiled import CompiledClient
from workbench.leads.sources import Reached
from workbench.operating.allowances import Sharing
from workbench.operating.dns import MAIL_FROM, Resolve, sending_domain
from workbench.operating.finding import Finding

A_LA_CARTE = "NONE"
BY_DNS = "add the records that `coldframe doctor --dns` prints to the domain's DNS; then wait"
RULE_SET = "coldframe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    compiled: CompiledClient
    place: Place
    reached: Reached
    resolve: Resolve
    sharing: Sharing | None = None
    """What the client says that it sends."""

    def __call__(self) -> Iterator[Finding]:
        account = self._ses().get_account()
        yield from self._account(account)
        if self.sharing:
            yield from self.sharing.findings(account.get("SendQuota", {}))
        yield from self._identity()
        yield self._dmarc()
        yield from self._links()
        yield from self._answers()
        yield self._secret()
        yield self._pause()

    def _ses(self) -> Any:
        return self.reached.client("sesv2")

    def _account(self, account: Mapping[str, Any]) -> Iterator[Finding]:
        quota = account.get("SendQuota", {})
        yield Finding(
            claim="the account may write to anybody",
            holds=bool(account.get("ProductionAccessEnabled")),
            found=f"{quota.get('Max24HourSend', 0):.0f} mails a day,"
            f" {quota.get('MaxSendRate', 0):.0f} a second",
            mend="ask for production access: SES console, Account dashboard; it takes a day",
        )
        status = account.get("EnforcementStatus", "")
        yield Finding(
            claim="SES lets the account send",
            holds=bool(account.get("SendingEnabled")) and status != "SHUTDOWN",
            found=status.lower(),
            mend="answer SES's case in the support centre; mend what it names first",
        )
        plan = account.get("PricingAttributes", {}).get("CurrentPlan", "")
        yield Finding(
            claim="mails are paid one by one, without a plan",
            holds=plan in {"", A_LA_CARTE},
            found=plan.lower(),
            mend="run `coldframe bootstrap`: a plan costs more than half as much again",
            blocks=False,
        )

    def _identity(self) -> Iterator[Finding]:
        address = self.compiled.client.sender.address
        name = sending_domain(self.compiled) if self.place.production else address
        try:
            known = self._ses().get_email_identity(EmailIdentity=name)
        except ClientError as error:
            yield Finding(
                claim=f"SES knows {name}",
                holds=False,
                found=str(error.response.get("Error", {}).get("Code", "")),
                mend=f"deploy {self.place.name}-Leads: it makes the identity",
            )
            return
        mend = BY_DNS if self.place.production else f"follow the link in SES's mail to {address}"
        verified = bool(known.get("VerifiedForSendingStatus"))
        yield Finding(claim=f"{name} is verified", holds=verified, mend=mend)
        if self.place.production:
            yield _status("DKIM signs its mails", known, "DkimAttributes", "Status")
            yield _status(
                f"{MAIL_FROM}.{name} takes its bounces",
                known,
                "MailFromAttributes",
                "MailFromDomainStatus",
                blocks=False,
            )

    def _dmarc(self) -> Finding:
        name = f"_dmarc.{sending_domain(self.compiled)}"
        told = [each for each in self.resolve(name, "TXT") if each.startswith("v=DMARC1")]
        return Finding(
            claim="DMARC is published",
            holds=bool(told),
            found="; ".join(told),
            mend=BY_DNS,
            blocks=self.place.production,
        )

    def _links(self) -> Iterator[Finding]:
        own = self.compiled.extra.domain
        if not self.place.production:
            return
        yield Finding(
            claim="links stand on the client's own domain",
            holds=bool(own),
            found=own or "",
            mend="write `domains: {links: go.example.com}` and `certificate_arn` in client.yaml",
        )
        if own:
            answers = self.resolve(own, "CNAME") or self.resolve(own, "A")
            yield Finding(
                claim=f"{own} is in the DNS",
                holds=bool(answers),
                found=", ".join(answers),
                mend=BY_DNS,
            )

    def _answers(self) -> Iterator[Finding]:
        replies = self.compiled.client.replies
        if replies is None:
            return
        active = self.reached.client("ses").describe_active_receipt_rule_set()
        name = active.get("Metadata", {}).get("Name", "")
        yield Finding(
            claim="SES receives answers",
            holds=name == RULE_SET,
            found=f"the active receipt rule set is {name or 'none'}",
            mend="run `coldframe bootstrap`",
            blocks=False,
        )
        told = self.resolve(replies.domain, "MX")
        yield Finding(
            claim=f"mail to {replies.domain} arrives at SES",
            holds=any("inbound-smtp" in each for each in told),
            found=", ".join(told),
            mend=BY_DNS,
            blocks=False,
        )

    def _secret(self) -> Finding:
        problem = _problem_of(self.reached.deployed.keys)
        return Finding(
            claim="the client's keys can be read",
            holds=not problem,
            found=problem,
            mend="restore the secret (it can be for 30 days): without it links and leads are lost",
        )

    def _pause(self) -> Finding:
        table = self.reached.deployed.records.table
        known = ClientPauses(table, _Clock(self.reached)).read()
        paused = known is not None and known.resumed_at is None
        return Finding(
            claim="marketing mails aren’t paused",
            holds=not paused,
            found=f"since {known.since:%d %b %H:%M} UTC: {known.why}" if known and paused else "",
            mend=f"mend that, then `coldframe resume {self.compiled.client.client}`",
        )


@dataclass(frozen=True, slots=True)
class _Clock:
    reached: Reached

    def now(self) -> Any:
        return self.reached.now()


def _status(
    claim: str, known: Mapping[str, Any], part: str, name: str, *, blocks: bool = True
) -> Finding:
    status = str(known.get(part, {}).get(name, "not asked for"))
    return Finding(
        claim=claim,
        holds=status == "SUCCESS",
        found=status.lower().replace("_", " "),
        mend=BY_DNS,
        blocks=blocks,
    )


def _problem_of(read: Callable[[], object]) -> str:
    try:
        read()
    except (ClientError, ValueError, KeyError) as error:
        return type(error).__name__
    return ""
