"""segments, personas, scoring and content: each mistake is named where it stands, all at once."""

from pathlib import Path
from shutil import copytree

import pytest

from infra.playbook import compile_client
from tests.unit.playbook.folders import CLIENTS, bakery, mistakes

SEGMENTS, SCORING, CONTENT = "segments.yaml", "scoring.yaml", "content.yaml"
PERSONAS = "personas.yaml"

WRONG = [
    (SEGMENTS, "hot: scor > 5", "segments.yaml:1 hot: there is no field 'scor'; did you mean"),
    (SEGMENTS, "hot: {iff: score > 5}", "hot.iff: unknown key; did you mean 'if'?"),
    (SEGMENTS, "hot: {label: Hot}", "segments.yaml:1 hot: needs `if`"),
    (SEGMENTS, "Hot: score > 5", "'Hot' is no name; write small letters, digits and _"),
    (SEGMENTS, 'a: in_segment("b")\nb: in_segment("a")', "a: asks for itself: a → b → a"),
    (SEGMENTS, 'a: in_segment("a")', "asks for itself: a → a"),
    (SEGMENTS, 'a: in_segment("bee")\nbe: score > 5', "no segment 'bee'; did you mean 'be'?"),
    (PERSONAS, "a: {label: All}\nb: score > 5", "personas.yaml:1 a: needs `if`"),
    (PERSONAS, 'a: persona == "a"', "`persona` can't be asked for here"),
    (SCORING, "fit: [{if: fit > 3, points: 5}]", "can't ask for the score that it is a part of"),
    (SCORING, "fit: [{if: tier is known, points: 5}]", "`tier` can't be asked for here"),
    (SCORING, 'fit: [{if: in_segment("engaged"), points: 5}]', "segments are concluded last"),
    (SCORING, "fit: [{if: first_name is known, points: many}]", "'many' is no number of points"),
    (SCORING, "fit: [{if: first_name is known, points: 0}]", "'0' is no number of points"),
    (SCORING, "fit: [{if: first_name is known}]", "scoring.yaml:1 fit[0]: needs `points`"),
    (
        SCORING,
        "fit: [{if: first_name is known, points: 3, group: a}]",
        "there is no group 'a' in `groups`",
    ),
    (SCORING, "engagement: [{event: page.vewed, points: 3}]", "did you mean 'page.viewed'?"),
    (
        SCORING,
        "engagement: [{event: page.viewed, where: {pth: /x}, points: 3}]",
        "page.viewed has no 'pth'; did you mean 'path'?",
    ),
    (SCORING, "engagement: [{event: page.viewed, points: 3, cap: -3}]", "without a sign"),
    (SCORING, "fades: soon", "write `never`, `{half_life: 60 days}` or `{over: 90 days}`"),
    (SCORING, "fades: {half_life: 2 days, over: 3 days}", "points fade in one way"),
    (SCORING, "fades: {half_live: 2 days}", "did you mean 'half_life'?"),
    (SCORING, "tiers: {hot: 10, warm: 50, cool: 5}", "`hot` must begin above `warm`"),
    (SCORING, "tiers: {hot: 10, warm: 5}", "needs `cool`"),
    (SCORING, "status: {wom: score > 5}", "unknown key; did you mean 'won'?"),
    (SCORING, "lifecycle: {mqll: score > 5}", "unknown key; did you mean 'mql'?"),
    (SCORING, 'lifecycle: {mql: lifecycle == "sal"}', "`lifecycle` can't be asked for here"),
    (SCORING, "alerts: [{tier: hott}]", "there is no 'hott'; did you mean 'hot'?"),
    (SCORING, "alerts: [{margin: 5}]", "is about one of `tier` and `lifecycle`"),
    (SCORING, "alerts: [{lifecycle: mql, margin: 5}]", "it needs no `margin`"),
    (CONTENT, "decision: {pages: []}", "names no content"),
    (CONTENT, "decision: {mails: case-studdy}", "no mail 'case-studdy'; did you mean 'case-study'"),
    (CONTENT, "decisions: {pages: /x}", "unknown key; did you mean 'decision'?"),
    (CONTENT, "decision: {events: tasting.boked}", "did you mean 'tasting.booked'?"),
]


@pytest.mark.parametrize(("file", "text", "message"), WRONG)
def test_a_mistake_gives_one_clear_message(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    folder = bakery(tmp_path)
    (folder / file).write_text(text, encoding="utf-8")

    found = mistakes(folder)

    assert len(found) == 1, found
    assert found[0].startswith(f"{file}:")
    assert message in found[0]


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (folder / SEGMENTS).write_text("a: scor > 5\nb: industri is known")
    (folder / SCORING).write_text("fit: [{if: tirr is known, points: 5}]\nfades: soon")

    assert [text.partition(":")[0] for text in mistakes(folder)] == [SCORING] * 2 + [SEGMENTS] * 2


def test_a_client_without_the_files_starts_with_ours(tmp_path: Path) -> None:
    reactions = compile_client(bakery(tmp_path), environment="dev").reactions

    assert [segment.name for segment in reactions.knowing.segments] == [
        "inactive_30",
        "inactive_90",
        "engaged",
        "asking",
    ]
    given = {(rule.why, rule.points) for rule in reactions.knowing.scoring.engagement}
    assert given == {
        ("Contact form", 20),
        ("Pricing page", 15),
        ("Demo click", 10),
        ("Case study", 8),
        ("Webinar", 7),
        ("Blog", 3),
    }


def test_of_ours_what_a_client_does_not_declare_is_left_out(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    without = compile_client(folder, environment="dev").reactions.knowing.scoring
    with (folder / "fields.yaml").open("a") as fields:
        fields.write("job_title: Title\nemployees: {type: number, label: Staff}\n")

    with_them = compile_client(folder, environment="dev").reactions.knowing.scoring

    assert [rule.points for rule in without.fit] == []
    assert [rule.points for rule in with_them.fit] == [5, 5]


def test_a_rule_keeps_as_many_as_its_cap_has_room_for(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    text = "engagement: [{event: page.viewed, points: 4, cap: 10, where: {path: /cap}}]"
    (folder / SCORING).write_text(text)

    reactions = compile_client(folder, environment="dev").reactions

    kept = {rule.key: rule.keep for rule in reactions.memory}
    assert kept['page.viewed {"path": "/cap"}'] == 3


@pytest.mark.parametrize("client", ["bakery", "harbor"])
def test_the_version_changes_with_a_definition_and_only_then(tmp_path: Path, client: str) -> None:
    folder = copytree(CLIENTS / client, tmp_path / client)
    first, again = (
        compile_client(folder, environment="dev").reactions.knowing.version for _ in range(2)
    )
    with (folder / SEGMENTS).open("a") as segments:
        segments.write("\nnewly: since(created_at) < days(2)\n")

    assert first == again != ""
    assert compile_client(folder, environment="dev").reactions.knowing.version != first
