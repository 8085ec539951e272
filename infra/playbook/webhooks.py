"""client.yaml's `webhooks`: where a journey may report to, and what it tells of a lead."""

from coldframe.domain.playbook import Webhook
from infra.reading.nodes import Node
from infra.reading.values import FIELD, NAME, https_url, matching


def read_webhooks(node: Node) -> dict[str, Webhook]:
    found = {}
    for name, child in node.pairs().items():
        if not NAME.fullmatch(name):
            child.spot.report(f"{name!r} is no name for a webhook; write it like `our-crm`")
        elif webhook := _webhook(name, child):
            found[name] = webhook
    return found


def _webhook(name: str, node: Node) -> Webhook | None:
    keys = node.keys(needed=["url"], optional=["fields", "why"])
    keys.read("why", Node.text)
    url = keys.read("url", https_url)
    fields = keys.each("fields", lambda each: matching(FIELD, "first_name", each))
    return Webhook(webhook=name, url=url, fields=fields) if url else None
