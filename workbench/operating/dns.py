"""The DNS records that a client's mails need, for whatever DNS the client has."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from infra.place import Place
from infra.playbook.compiled import CompiledClient

MAIL_FROM = "bounce"
"""The subdomain that bounces return to, so that SPF speaks for the client's own domain."""

Resolve = Callable[[str, str], Sequence[str]]
"""A name and a type (MX, TXT, CNAME) to what DNS answers; empty: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsRecord:
    name: str
    type: str
    value: str
    why: str


def sending_domain(compiled: CompiledClient) -> str:
    return compiled.client.sender.address.rpartition("@")[2]


def records(
    compiled: CompiledClient, place: Place, *, region: str, tokens: Sequence[str], target: str
) -> Iterator[DnsRecord]:
    """``tokens``: SES's for DKIM; ``target``: what the client's own name for links leads to."""
    domain = sending_domain(compiled)
    for token in tokens:
        yield DnsRecord(
            name=f"{token}._domainkey.{domain}",
            type="CNAME",
            value=f"{token}.dkim.amazonses.com",
            why="DKIM: mailboxes see that the mail is signed by this domain",
        )
    bounces = f"{MAIL_FROM}.{domain}"
    back = f"10 feedback-smtp.{region}.amazonses.com"
    yield DnsRecord(name=bounces, type="MX", value=back, why="MAIL FROM: bounces return to SES")
    yield DnsRecord(
        name=bounces,
        type="TXT",
        value="v=spf1 include:amazonses.com ~all",
        why="SPF: SES may send for it",
    )
    yield DnsRecord(
        name=f"_dmarc.{domain}",
        type="TXT",
        value="v=DMARC1; p=none",
        why="DMARC: Gmail and Yahoo ask for it; once reports are clean, use p=quarantine",
    )
    if links := place.domain(compiled.extra.domain):
        yield DnsRecord(name=links, type="CNAME", value=target, why="links, forms and pages")
    if compiled.client.replies:
        inbound = f"10 inbound-smtp.{region}.amazonaws.com"
        answers = compiled.client.replies.domain
        yield DnsRecord(name=answers, type="MX", value=inbound, why="answers arrive at SES")


def resolve(name: str, kind: str) -> Sequence[str]:
    """By this machine's own resolver."""
    import dns.exception
    import dns.resolver

    try:
        found = dns.resolver.resolve(name, kind, lifetime=5)
    except dns.exception.DNSException:
        return ()
    return [str(each).strip('"').rstrip(".") for each in found]
