"""What the characters of a client's demo do to its deployed stack, as the internet would."""

import hashlib
import json
from collections.abc import Mapping
from urllib.parse import urlencode

from coldframe.adapters.keys import Keys, keys_of
from coldframe.entrypoints.server_events import SIGNATURE, signature
from workbench.demo.characters import Character
from workbench.demo.script import BROWSER, DemoFailed
from workbench.local.client import DeployedClient
from workbench.local.deployed import ENVIRONMENT, DeployedTown
from workbench.local.town import SentMail

ROOT_KEY = "demo 23"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Hands:
    """Every deed leaves the town settled."""

    def __init__(self, town: DeployedTown, client: DeployedClient) -> None:
        self.town, self.client = town, client
        self._key = _dealt(town, client.name).events
        self._told = 0

    def fills(self, who: Character, form: str, answers: Mapping[str, str]) -> None:
        """The real form, with what the client's script adds to it."""
        visit = json.dumps({"visitor": _visitor(who)})
        values = {"email": who.address, **answers, "coldframe_visit": visit}
        url = f"{self.client.url}/forms/{form}"
        reply = self.town.request("POST", url, BROWSER, urlencode(values))
        if reply.status != 303:  # noqa: PLR2004 - See Other: on to the thank-you page
            raise DemoFailed(f"the form {form} answered {reply.status}: {reply.text[:300]}")
        self.town.settle()

    def tells(self, who: Character, event: str, data: Mapping[str, str]) -> None:
        self._told += 1
        told = {"event": event, "email": who.address, "id": f"demo-{self._told}", "data": data}
        body = json.dumps(told)
        at = int(self.town.now().timestamp())
        signed = {SIGNATURE: signature(self._key, body.encode(), at=at)}
        headers = {"Content-Type": "application/json", **signed}
        reply = self.town.request("POST", f"{self.client.url}/events", headers, body)
        if reply.status >= 300:  # noqa: PLR2004 - neither taken nor known already
            raise DemoFailed(f"the event {event} was answered {reply.status}: {reply.text[:300]}")
        self.town.settle()

    def looks_at(self, who: Character, paths: tuple[str, ...]) -> None:
        """The script on the client's pages tells of it."""
        site = self.client.playbook().sites[0]
        self._told += 1
        seen = [
            {"kind": "page.viewed", "id": f"seen-{self._told:04d}-{n}", "page": f"{site}{path}"}
            for n, path in enumerate(paths)
        ]
        body = json.dumps({"visitor": _visitor(who), "events": seen})
        headers = {"Content-Type": "text/plain", "Origin": site, "User-Agent": AGENT}
        reply = self.town.request("POST", f"{self.client.url}/activity", headers, body)
        if reply.status >= 300:  # noqa: PLR2004 - not taken
            raise DemoFailed(f"the visit was answered {reply.status}: {reply.text[:300]}")
        self.town.settle()

    def clicks(self, mail: SentMail | None, link: int) -> None:
        status = self.town.follow(self.town.links(_sure(mail))[link]).status
        if status != 302:  # noqa: PLR2004 - Found: on to where the link leads
            raise DemoFailed(f"a link of “{_sure(mail).mail}” answered {status}")
        self.town.settle()

    def answers(self, mail: SentMail | None, text: str) -> None:
        if not self.town.reply(_sure(mail), text):
            raise DemoFailed(f"nobody takes answers to “{_sure(mail).mail}”")
        self.town.settle()

    def unsubscribes(self, mail: SentMail | None) -> None:
        status = self.town.unsubscribe_one_click(_sure(mail))
        if status != 200:  # noqa: PLR2004 - RFC 8058 wants no redirect
            raise DemoFailed(f"one-click unsubscribe answered {status}")


def _sure(mail: SentMail | None) -> SentMail:
    if mail is None:
        raise DemoFailed("this is done to a mail, and there is none")
    return mail


def _visitor(who: Character) -> str:
    """What the browser made up for itself."""
    return hashlib.sha256(who.address.encode()).hexdigest()[:32]


def _dealt(town: DeployedTown, client: str) -> Keys:
    """The same keys in every demo, so that the same people fall into the same shares."""
    ssm, secrets = town.cloud.client("ssm"), town.cloud.client("secretsmanager")
    place = f"/coldframe/{client}/{ENVIRONMENT}/keys"
    name = ssm.get_parameter(Name=place)["Parameter"]["Value"]
    secrets.put_secret_value(SecretId=name, SecretString=json.dumps({"id": ROOT_KEY}))
    return keys_of(secrets.get_secret_value(SecretId=name)["SecretString"])
