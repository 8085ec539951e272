"""client.yaml: who the client is, and what its stacks need to know."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from coldframe.domain.limits import QuietHours
from coldframe.domain.playbook import Client, Hook, Person
from infra.playbook.allowance_file import read_allowance
from infra.playbook.caps_file import CapSource, read_cap
from infra.playbook.consent_file import ConsentRule, read_consent
from infra.playbook.hooks import read_hooks
from infra.playbook.quiet_days import read_quiet_days
from infra.playbook.referrals import read_referrals
from infra.playbook.replies import read_replies
from infra.playbook.visits import check_visits, read_visits
from infra.playbook.webhooks import read_webhooks
from infra.reading.nodes import Keys, Node
from infra.reading.problems import Spot
from infra.reading.values import NAME, address, domain, hours, https_url, matching, zone

PRODUCTION: Final = "prod"
OUR_LISTS: Final = frozenset({"leads", "quarantine", "tests"})
"""Shards of the roster go by these names, and by those of topics."""
REP: Final = "rep"
"""In a mail's `from:`, the person that the lead's field of this name tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackSettings:
    """What the client's stacks are built with; nothing of it is read at run time."""

    account: str | None = None
    region: str | None = None
    domain: str | None = None
    """The client's own name for links and forms."""
    certificate: str | None = None
    """The ARN of the certificate for ``domain``."""
    alerts: tuple[str, ...] = ()
    testers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFile:
    client: Client
    extra: StackSettings
    spot: Spot
    consent: ConsentRule = field(default_factory=ConsentRule)
    value_between: int = 1
    """Mails that are no promotions between two that are."""
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    hooks_at: Spot | None = None
    referrals_at: Spot | None = None
    visits: timedelta | None = None
    """How long unknown visitors' visits are kept; None: the pages tell us nothing."""
    caps: tuple[CapSource, ...] = ()


def read_client(root: Node, *, client: str, environment: str) -> ClientFile:
    keys = root.keys(
        needed=["name", "zone", "locale", "sender", "postal", "owner", "topics"],
        optional=[
            *("reply_to", "domains", "certificate_arn", "sites"),
            *("caps", "quiet_hours", "quiet_days", "sending"),
            *("testers", "alerts", "account", "region", "people", "replies"),
            *("webhooks", "promotions", "consent", "visits", "hooks", "referrals"),
        ],
    )
    extra = _settings(keys)
    if environment == PRODUCTION:
        _demand_own_domain(root, extra)
    sender = keys.read("sender", _person) or _NOBODY
    people = keys.read("people", _people) or {}
    _check_people(keys, people, sender)
    topics = keys.read("topics", _topics) or {}
    caps = keys.each("caps", lambda node: read_cap(node, topics))
    compiled = Client(
        client=client,
        environment=environment,
        name=keys.read("name", Node.text) or client,
        zone=keys.read("zone", zone) or "Etc/UTC",
        locale=keys.read("locale", _locale) or "en",
        sender=sender,
        reply_to=keys.read("reply_to", address) or sender.address,
        postal=" ".join((keys.read("postal", Node.text) or "").split()),
        owner=keys.read("owner", _person) or _NOBODY,
        topics=topics,
        caps=tuple(each.rule for each in caps),
        quiet_hours=keys.read("quiet_hours", _quiet_hours),
        quiet_days=keys.read("quiet_days", read_quiet_days),
        allowance=keys.read("sending", read_allowance),
        sites=keys.each("sites", https_url),
        webhooks=keys.read("webhooks", read_webhooks) or {},
        referrals=keys.read("referrals", read_referrals) or "",
        people=people if environment == PRODUCTION else _all_from(sender, people),
    )
    answers = read_replies(keys, client=compiled, people=people, testers=extra.testers)
    between = keys.read("promotions", _value_between)
    check_visits(keys, compiled.sites)
    return ClientFile(
        client=replace(compiled, replies=answers),
        extra=extra,
        consent=keys.read("consent", read_consent) or ConsentRule(),
        spot=keys.spot("webhooks") or root.spot,
        value_between=1 if between is None else between,
        hooks=keys.read("hooks", read_hooks) or {},
        hooks_at=keys.spot("hooks"),
        referrals_at=keys.spot("referrals"),
        visits=keys.read("visits", read_visits),
        caps=caps,
    )


_LOCALE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_ACCOUNT = re.compile(r"\d{12}")
_CERTIFICATE = re.compile(r"arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/\S+")
_NOBODY = Person(name="", address="")


def _settings(keys: Keys) -> StackSettings:
    domains = keys.read("domains", lambda node: node.keys(needed=["links"]))
    return StackSettings(
        account=keys.read("account", _account),
        region=keys.read("region", Node.text),
        domain=domains.read("links", domain) if domains else None,
        certificate=keys.read("certificate_arn", _certificate),
        alerts=keys.each("alerts", address),
        testers=keys.each("testers", address),
    )


def _demand_own_domain(root: Node, extra: StackSettings) -> None:
    """Links in old mails live for years: they can't stand on an address of AWS's."""
    if not extra.domain and not root.spot.reported_at("domains"):
        root.spot.report(
            "production needs the client's own domain for links;"
            " write `domains: {links: go.example.com}`"
        )
    if not extra.certificate and not root.spot.reported_at("certificate_arn"):
        root.spot.report("production needs `certificate_arn`: the certificate of that domain")


def _person(node: Node) -> Person | None:
    keys = node.keys(needed=["name", "address"])
    name, where = keys.read("name", Node.text), keys.read("address", address)
    return Person(name=name, address=where) if name and where else None


def _people(node: Node) -> dict[str, Person]:
    found = {}
    for name, child in node.pairs().items():
        if not NAME.fullmatch(name) or name == REP:
            child.spot.report(f"{name!r} can't be a person's short name; write one like `rosa`")
        keys = child.keys(needed=["name", "address"], optional=["signature"])
        full, where = keys.read("name", Node.text), keys.read("address", address)
        signature = keys.read("signature", Node.text) or ""
        if full and where:
            found[name] = Person(name=full, address=where, signature=signature)
    return found


def _check_people(keys: Keys, people: dict[str, Person], sender: Person) -> None:
    """SES lets nobody write from a domain that isn't proved."""
    spot, own = keys.spot("people"), sender.address.rpartition("@")[2]
    for name, person in people.items():
        if spot and own and person.address.rpartition("@")[2] != own:
            spot.report(f"{name} must have an address at {own}, the sender's domain")


def _all_from(sender: Person, people: dict[str, Person]) -> dict[str, Person]:
    """Outside production the sender's address alone is proved: all write from there."""
    return {name: replace(person, address=sender.address) for name, person in people.items()}


def _topics(node: Node) -> dict[str, str]:
    labels = {}
    for name, label in node.pairs().items():
        if not NAME.fullmatch(name):
            label.spot.report(f"{name!r} is no name for a topic; write it like `monthly-letter`")
        elif name in OUR_LISTS:
            label.spot.report(f"{name!r} is the name of a list of ours; call the topic otherwise")
        labels[name] = label.text() or name
    return labels


def _value_between(node: Node) -> int | None:
    keys = node.keys(needed=["value_between"])
    return keys.read("value_between", Node.number)


def _quiet_hours(node: Node) -> QuietHours | None:
    found = hours(node)
    return QuietHours(start=found[0], end=found[1]) if found else None


def _locale(node: Node) -> str | None:
    return matching(_LOCALE, "en-GB", node)


def _account(node: Node) -> str | None:
    return matching(_ACCOUNT, "'123456789012'", node)


def _certificate(node: Node) -> str | None:
    return matching(_CERTIFICATE, "arn:aws:acm:eu-central-1:123456789012:certificate/…", node)
