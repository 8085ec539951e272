"""client.yaml's ``replies``: where answers arrive, and what follows from one."""

from collections.abc import Iterable, Mapping
from typing import Final

from coldframe.domain.errors import InvalidAddress
from coldframe.domain.lead import normal_address
from coldframe.domain.playbook import Client, Person
from coldframe.domain.replies.settings import Replies
from coldframe.domain.replies.stop_words import BY_LANGUAGE
from infra.reading.nodes import Keys, Node
from infra.reading.problems import did_you_mean
from infra.reading.values import domain, duration

PRODUCTION: Final = "prod"


def read_replies(
    keys: Keys, *, client: Client, people: Mapping[str, Person], testers: Iterable[str]
) -> Replies | None:
    return keys.read("replies", lambda node: _replies(node, client, people, testers))


def _replies(
    node: Node, client: Client, people: Mapping[str, Person], testers: Iterable[str]
) -> Replies | None:
    keys = node.keys(needed=["domain"], optional=["hold", "languages"])
    where = keys.read("domain", domain)
    hold = keys.read("hold", duration)
    languages = keys.each("languages", _language)
    if where is None:
        return None
    named = [client.sender, client.owner, *people.values()]
    addresses = [*(person.address for person in named), client.reply_to, *testers]
    _demand_other_domain(node, where, addresses)
    return Replies(
        domain=where if client.environment == PRODUCTION else f"{client.environment}.{where}",
        languages=languages or (client.locale.partition("-")[0],),
        team=tuple(sorted(set(filter(None, map(_normal, addresses))))),
        **({"hold": int(hold.total_seconds())} if hold else {}),
    )


def _demand_other_domain(node: Node, where: str, addresses: Iterable[str]) -> None:
    """All mail to that domain is ours: a person there gets none, and a forward runs in circles."""
    for address in addresses:
        if address.rpartition("@")[2].lower() == where:
            node.spot.report(
                f"{address} stands at {where}, but all mail to that domain comes to Coldframe;"
                " give answers a domain of their own, like `reply.example.com`"
            )


def _language(node: Node) -> str | None:
    text = node.text()
    if text is None or text in BY_LANGUAGE:
        return text
    known = ", ".join(sorted(BY_LANGUAGE))
    hint = did_you_mean(text, BY_LANGUAGE) or f"; there are {known}"
    node.spot.report(f"we don't know how “please stop” is said in {text!r}{hint}")
    return None


def _normal(address: str) -> str:
    try:
        return normal_address(address)
    except InvalidAddress:
        return ""
