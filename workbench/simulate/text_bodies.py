"""What a text message says to one simulated lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coldframe.domain.languages import FIELD, best
from coldframe.domain.text_length import folded
from infra.playbook.templates import environment

if TYPE_CHECKING:
    from workbench.simulate.people import Person
    from workbench.simulate.scene import Scene


def text_body(scene: Scene, who: Person, text: str) -> str:
    """In the lead's language, as far as it is written in it."""
    own = scene.client.locale
    others = [
        name.removeprefix(f"{text}.").removesuffix(".sms")
        for name in scene.texts
        if name.startswith(f"{text}.") and name != f"{text}.sms"
    ]
    language = best(who.fields.get(FIELD, own), known=others, own=own)
    written = f"{text}.{language}.sms" if language in others else f"{text}.sms"
    told = {"lead": {**who.fields, "email": who.address}, "client": scene.client}
    return folded(environment(scene.texts).get_template(written).render(told)).strip()
