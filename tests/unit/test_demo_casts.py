"""The people of the clients' own demos meet only what their clients' folders hold."""

import pytest

from infra.playbook import compile_client
from tests.unit.playbook.folders import CLIENTS
from workbench.demo.in_depth import CASTS


@pytest.mark.parametrize("client", CASTS)
def test_every_mail_and_journey_that_somebody_meets_is_there(client: str) -> None:
    compiled = compile_client(CLIENTS / client, environment="dev")
    cast, _ = CASTS[client]

    met = {mail for who in cast for mail in (*who.mails, *who.on_mail)}
    walked = {journey for who in cast for journey in who.ends}
    assert met <= set(compiled.mails)
    assert walked == set(compiled.journeys)


@pytest.mark.parametrize("client", CASTS)
def test_nobody_waits_for_a_mail_that_never_comes(client: str) -> None:
    cast, _ = CASTS[client]

    assert {who.name: set(who.on_mail) - set(who.mails) for who in cast} == {
        who.name: set() for who in cast
    }
