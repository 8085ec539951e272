"""Which of a form's languages to speak with a visitor."""

from collections.abc import Sequence

from coldframe.domain.languages import best


def spoken_language(offered: Sequence[str], *, asked: str, accepted: str) -> str:
    """The one asked for in the address; else what the browser prefers; else the first."""
    for wanted in (asked, *_by_preference(accepted)):
        if wanted and (found := best(wanted, known=offered, own="")):
            return found
    return offered[0]


def _by_preference(accepted: str) -> list[str]:
    """The tags of an Accept-Language header, the dearest first."""
    weighed = []
    for part in accepted[:500].split(","):
        tag, _, quality = part.partition(";")
        weighed.append((_quality(quality), tag.strip()))
    return [tag for weight, tag in sorted(weighed, key=lambda one: -one[0]) if weight > 0]


def _quality(text: str) -> float:
    name, _, number = text.strip().partition("=")
    try:
        return float(number) if name == "q" else 1.0
    except ValueError:
        return 0.0
