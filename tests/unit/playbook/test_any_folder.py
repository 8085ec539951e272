"""Whatever people do to a folder, they get messages, never a traceback."""

from pathlib import Path
from random import Random

from infra.playbook import PlaybookProblems, compile_client
from tests.unit.playbook.folders import bakery

PIECES = ["", ":", "- ", "{", "}", "'", '"', "|", "{{ x }}", "{% if %}", "&a ", "*a", "<<: ", "\t"]
PIECES += ["null", "0", "1:30", "no", "[]", "{}", "---", "é", "\x00", "mj-text", "[a](b)", "010"]


def spoilt(text: str, dice: Random) -> str:
    """One to three pieces cut out or put in."""
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(text) + 1)
        cut = dice.choice([0, 0, 1, 5, 40])
        text = text[:at] + dice.choice(PIECES) + text[at + cut :]
    return text


def compiles_or_complains(folder: Path, directory: Path) -> bool:
    try:
        compiled = compile_client(folder, environment="dev")
    except PlaybookProblems as found:
        return all(problem.text and problem.line >= 1 for problem in found.problems)
    return compiled.write(directory, dict.fromkeys(compiled.files, "key")).is_dir()


def test_a_spoilt_folder_compiles_or_says_what_is_wrong(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    files = [path for path in sorted(folder.rglob("*")) if path.suffix not in {"", ".pdf"}]
    dice = Random(7)  # noqa: S311 - not a secret

    for _ in range(25):
        path = dice.choice(files)
        before = path.read_text(encoding="utf-8")
        path.write_text(spoilt(before, dice), encoding="utf-8")
        assert compiles_or_complains(folder, tmp_path / "out")
        path.write_text(before, encoding="utf-8")
