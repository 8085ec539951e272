"""What a lead is about to get of more important mails; read only if something outranks one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from coldframe.domain.giving_way import Due
    from coldframe.domain.precedence import Rank
    from coldframe.domain.profile import Profile
    from coldframe.services.ports import Enrolments, Ledger, Playbook


def ahead(
    profile: Profile,
    below: Rank,
    enrolments: Enrolments,
    ledger: Ledger,
    playbook: Playbook,
    *,
    now: datetime,
) -> Callable[[], Sequence[Due]]:
    """To be asked by who finds that there are caps."""
    from coldframe.domain.precedence import Precedence

    asked = Precedence(
        profile=profile,
        client=playbook.client(),
        journey=playbook.journey,
        mail=playbook.mail,
        broadcast=playbook.broadcast,
        message=partial(ledger.message, profile.lead),
    )
    return lambda: asked.before(below, enrolments.of(profile.lead), now=now)
