"""One lead's diary: what happened when, on its own wall, and why not."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from coldframe.domain.instants import text_of
from coldframe.domain.local_time import zone_of
from workbench.simulate.in_words import table
from workbench.simulate.text_bodies import text_body

if TYPE_CHECKING:
    from workbench.simulate.people import Person
    from workbench.simulate.scene import Scene
    from workbench.simulate.story import Line, Story


def diary(scene: Scene, who: Person, story: Story) -> str:
    zone = zone_of(who.zone, otherwise=scene.client.zone)
    told = who.zone or f"none of its own, so the client's, {scene.client.zone}"
    fields = ", ".join(f"{name} {value}" for name, value in who.fields.items() if name != "zone")
    head = [
        f"{who.address} in {scene.client.client}, {scene.journey.journey} (seed {scene.seed})",
        f"  zone: {told}",
        f"  says: {fields or 'nothing'}",
        f"  agrees to: {', '.join(who.agrees) or 'nothing'}",
    ]
    if who.scanned:
        head.append("  sits behind a scanner that follows every link")
    rows = [
        (_on_the_wall(line.at, zone), line.who, _text(line, zone) + _body(scene, who, line))
        for line in story.lines or ()
    ]
    goal = (
        f"reached its goal after {story.goal_at - story.entered_at}"
        if (story.goal_at and story.entered_at)
        else "did not reach the goal"
    )
    return "\n".join([*head, "", *table(rows), "", goal]) + "\n"


def diary_data(scene: Scene, who: Person, story: Story) -> dict[str, Any]:
    zone = zone_of(who.zone, otherwise=scene.client.zone)
    return {
        "address": who.address,
        "client": scene.client.client,
        "journey": scene.journey.journey,
        "seed": scene.seed,
        "zone": str(zone),
        "fields": dict(who.fields),
        "agrees_to": sorted(who.agrees),
        "goal_at": text_of(story.goal_at) if story.goal_at else None,
        "diary": [
            {
                "at": text_of(line.at),
                "local": line.at.astimezone(zone).isoformat(timespec="seconds"),
                "who": line.who,
                "text": line.text,
                **({"until": text_of(line.until)} if line.until else {}),
                **({"why": line.because} if line.because else {}),
                **({"says": text_body(scene, who, line.texted)} if line.texted else {}),
            }
            for line in story.lines or ()
        ],
    }


def _body(scene: Scene, who: Person, line: Line) -> str:
    if not line.texted:
        return ""
    said = " / ".join(text_body(scene, who, line.texted).splitlines())
    return f": \u201c{said}\u201d"


def _on_the_wall(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%a %Y-%m-%d %H:%M:%S")


def _text(line: Line, zone: tzinfo) -> str:
    until = f" until {_on_the_wall(line.until, zone)}" if line.until else ""
    because = f" ({line.because})" if line.because else ""
    return f"{line.text}{until}{because}"
