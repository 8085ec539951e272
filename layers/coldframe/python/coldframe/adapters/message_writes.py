"""How a message item is written: what it says, over which states, and what of SES's own stays."""

from coldframe.adapters.messages import PREFIX, first_wins_values, message_values
from coldframe.adapters.table import Action, Table, Values, lead_key
from coldframe.domain.message import Message, MessageState

FREE = "attribute_not_exists(#state) OR #state = :deferred"


def begun(table: Table, message: Message) -> Action:
    """On its way: over none yet, over one put off, or over an earlier attempt."""
    return recorded(
        table,
        message,
        when=f"{FREE} OR (#state = :state AND #attempt < :attempt)",
        values={"deferred": MessageState.DEFERRED},
    )


def settled(table: Table, message: Message) -> Action:
    """A mail that may be on its way is never put off by a run that came too late to know."""
    if message.state is MessageState.DEFERRED:
        return recorded(table, message, when=FREE, values={"deferred": MessageState.DEFERRED})
    over = "attribute_not_exists(#state) OR #state <> :sent"
    return recorded(table, message, when=over, values={"sent": MessageState.SENT})


def released(table: Table, message: Message) -> Action:
    """Free again: as if it had been put off, with the attempt it had."""
    own = "#by = :by" if message.by else "attribute_not_exists(#by)"
    return table.update(
        lead_key(message.lead, PREFIX + message.id),
        "SET #state = :deferred, #at = :at, #why = :why REMOVE #by",
        when=f"#state = :sending AND #attempt = :attempt AND {own}",
        values={
            **({"by": message.by} if message.by else {}),
            "deferred": MessageState.DEFERRED,
            "sending": MessageState.SENDING,
            "at": message.at,
            "why": message.why or "throttled",
            "attempt": message.attempt,
        },
    )


def recorded(
    table: Table, message: Message, *, when: str = "", values: Values | None = None
) -> Action:
    """Set what the message says, add SES's facts if they are the first, keep all others."""
    said, facts = message_values(message), first_wins_values(message)
    held = {name: value for name, value in (said | facts).items() if value is not None}
    sets = [
        f"#{name} = if_not_exists(#{name}, :{name})" if name in facts else f"#{name} = :{name}"
        for name in held
    ]
    gone = ", ".join(f"#{name}" for name in said if name not in held)
    do = f"SET {', '.join(sets)}{' REMOVE ' if gone else ''}{gone}"
    return table.update(
        lead_key(message.lead, PREFIX + message.id),
        do,
        when=when,
        values={**held, **(values or {})},
    )
