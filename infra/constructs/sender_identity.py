"""Who the client's mails come from, as SES knows it."""

from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.place import Place

MAIL_FROM = "bounce"
"""Bounces return to this subdomain, so that SPF speaks for the client's own domain."""


class SenderIdentity(ses.EmailIdentity):
    """Production proves the whole domain (DKIM); elsewhere one verified address is enough.

    An account knows an identity once, so an environment beside production must not ask for its
    domain again.
    """

    def __init__(self, scope: Construct, *, place: Place, address: str) -> None:
        super().__init__(
            scope,
            "SenderIdentity",
            identity=ses.Identity.domain(domain_of(address))
            if place.production
            else ses.Identity.email(address),
            mail_from_domain=f"{MAIL_FROM}.{domain_of(address)}" if place.production else None,
        )


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]
