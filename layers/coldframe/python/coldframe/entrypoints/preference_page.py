"""The preference page: its form, and what is posted of it. It works without any script."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from html import escape

from coldframe.domain.because import WhyThisMail
from coldframe.domain.known_facts import lead_zone
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import Unreadable
from coldframe.entrypoints.pages import page
from coldframe.entrypoints.preference_words import Wording
from coldframe.services.preference_standing import Standing
from coldframe.services.preferring import Choice

TOPIC = "topic."
FARTHEST = timedelta(days=731)
OFTEN = (1, 2, 3)
LONGEST_LANGUAGE = 20


class NotADay(Unreadable):
    """The pause's end can't be read; the page says how to write it."""


def read_choice(fields: Mapping[str, object], *, now: datetime) -> Choice:
    """NotADay, or Unreadable for what our own page never sends."""
    often = str(fields.get("a_week", ""))
    if often not in {"", *map(str, OFTEN)}:
        raise Unreadable("That is none of the frequencies to choose from.")
    return Choice(
        topics=frozenset(name.removeprefix(TOPIC) for name in fields if name.startswith(TOPIC)),
        paused_until=_day(str(fields.get("paused_until", "")).strip(), now),
        a_week=int(often) if often else None,
        language=str(fields.get("language", ""))[:LONGEST_LANGUAGE],
    )


def _day(text: str, now: datetime) -> date | None:
    """None for a day that is here already."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotADay(text) from error
    if day > (now + FARTHEST).date():
        raise NotADay(text)
    return day if day > now.astimezone(UTC).date() - timedelta(days=1) else None


def preference_page(
    standing: Standing, *, told: str = "", address: str = "", problem: str = "", status: int = 200
) -> Response:
    """``told``: the key of what is said of the post that came before, or of its ``address``."""
    words = Wording(standing.language)
    sender = escape(standing.client.name)
    content = "".join(
        [
            _status(words(told, sender=sender, address=escape(address))) if told else "",
            _status(escape(problem)) if problem else "",
            *_standing(standing, words, sender),
            *_form(standing, words),
            *_leaving(standing, words),
            *_why(standing.why, words, standing),
            *_section(words, "address_title", "address"),
            _address_form(words),
            *_section(words, "data_title", "data"),
            f'<form method="post">{_action("data")}{_button(words("data_button"))}</form>',
        ]
    )
    title = words("title", sender=standing.client.name)
    return page(status, title=title, content=content, language=words.language)


def _status(told: str) -> str:
    return f'<p role="status"><strong>{told}</strong></p>'


def _address_form(words: Wording) -> str:
    field = '<input type="email" name="address" required autocomplete="email">'
    label = f"<label>{words('address_label')} {field}</label>"
    return (
        f'<form method="post">{_action("address")}{label}{_button(words("address_button"))}</form>'
    )


def masked(address: str) -> str:
    """Whoever holds a forwarded mail learns no more of the address than its domain."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}•••{at}{domain}" if at else "…"


def _standing(standing: Standing, words: Wording, sender: str) -> Iterator[str]:
    if standing.profile:
        yield f"<p>{words('for', address=escape(masked(standing.profile.address)))}</p>"
    if standing.gate.complained_at:
        yield f"<p>{words('complained')}</p>"
    elif standing.unsubscribed and standing.chosen is None:
        yield f"<p>{words('left', sender=sender)}</p>"


def _form(standing: Standing, words: Wording) -> Iterator[str]:
    yield f'<form method="post">{_action("save")}<fieldset><legend>{words("topics")}</legend>'
    for topic, label in standing.client.topics.items():
        name, on = escape(f"{TOPIC}{topic}"), " checked" if topic in standing.wanted else ""
        box = f'<input type="checkbox" name="{name}" value="on"{on}>'
        yield f"<label>{box} {escape(label)}</label>"
    chosen = standing.preferences
    yield f'</fieldset><label>{words("often")} <select name="a_week">'
    for count in ("", *OFTEN):
        mark = " selected" if count == ((chosen.a_week if chosen else None) or "") else ""
        label = words("a_week", count=count) if count else words("as_usual")
        yield f'<option value="{count}"{mark}>{label}</option>'
    yield f"</select></label><label>{words('pause')} "
    yield f'<input type="date" name="paused_until" value="{_paused(standing)}"></label>'
    yield from _languages(standing, words)
    yield f"{_button(words('save'))}</form>"


def _paused(standing: Standing) -> str:
    until = standing.preferences.paused_until if standing.preferences else None
    if until is None or standing.profile is None:
        return ""
    return until.astimezone(lead_zone(standing.profile, standing.client)).date().isoformat()


def _languages(standing: Standing, words: Wording) -> Iterator[str]:
    """A choice only where the client writes in several."""
    spoken = standing.client.languages
    if len(spoken) > 1:
        yield f'<label>{words("language")} <select name="language">'
        for each in spoken:
            mark = " selected" if each == standing.language else ""
            yield f'<option value="{escape(each)}"{mark}>{escape(each)}</option>'
        yield "</select></label>"


def _leaving(standing: Standing, words: Wording) -> Iterator[str]:
    if not standing.unsubscribed:
        yield f"<h2>{words('leave_title')}</h2>"
        yield f'<form method="post">{_action("leave")}{_button(words("leave"))}</form>'


def _why(why: WhyThisMail | None, words: Wording, standing: Standing) -> Iterator[str]:
    if why is None:
        return
    zone = lead_zone(standing.profile, standing.client)
    yield f"<h2>{words('why_title')}</h2>"
    if why.happened_at:
        day = words.day(why.happened_at.astimezone(zone))
        key, name = ("form", why.form) if why.form else ("event", why.event)
        yield f"<p>{words(f'why_{key}', day=day, **{key: escape(name)})}</p>"
    if why.journey:
        yield f"<p>{words('why_journey', journey=escape(why.journey))}</p>"
    if why.asked_for:
        yield f"<p>{words('why_asked')}</p>"
    elif why.consent:
        day, text = words.day(why.consent.at.astimezone(zone)), escape(why.consent.text)
        yield f"<p>{words('why_consent', day=day, topic=escape(why.topic), text=text)}</p>"
    elif why.topic:
        yield f"<p>{words('why_topic', topic=escape(why.topic))}</p>"


def _section(words: Wording, title: str, text: str) -> Iterator[str]:
    yield f"<h2>{words(title)}</h2><p>{words(text)}</p>"


def _action(name: str) -> str:
    return f'<input type="hidden" name="action" value="{name}">'


def _button(label: str) -> str:
    return f'<button type="submit">{label}</button>'
