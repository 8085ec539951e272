"""What lies in a client's emails/: mails, their translations, footer, layout, words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.playbook.languages import MAIL_LANGUAGE
from infra.playbook.layout import Layout, read_layout
from infra.playbook.mail_source import MARKDOWN, MJML, MailSource, read_mail
from infra.playbook.mail_words import Words, read_words
from infra.reading.documents import read_text
from infra.reading.problems import Problems, Spot, did_you_mean
from infra.reading.values import NAME

FOLDER: Final = "emails"
FOOTER: Final = "emails/_footer.txt"
HAND_OFF: Final = "_hand_off"
_BUILT_IN: Final = Path(__file__).parent / "built_in"
ASKED_FOR: Final = ("_confirm", "_your-data", "_new-address", "_old-address")
"""Mails of ours that leads ask for; a client may write its own, in any of its languages."""
_OURS: Final = frozenset(
    {
        "_footer.txt",
        "_layout.mjml",
        "_words.yaml",
        *(f"{each}.md" for each in (HAND_OFF, *ASKED_FOR)),
    }
)
_TAG: Final = re.compile(rf"\.({MAIL_LANGUAGE.pattern})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFiles:
    """Of what couldn't be read, the name is there and None."""

    mails: Mapping[str, MailSource | None]
    translations: Mapping[str, Mapping[str, MailSource | None]]
    """Mail → language → its translation."""
    hand_off: MailSource | None
    footer: str
    layout: Layout | None
    words: Words


def read_mails(folder: Path, problems: Problems) -> MailFiles:
    mails: dict[str, MailSource | None] = {}
    translations: dict[str, dict[str, MailSource | None]] = {}
    for path in [*_paths(folder, problems), *_asked_for(folder)]:
        found = _TAG.search(path.stem)
        name = path.stem[: found.start()] if found else path.stem
        source = read_mail(path, name=f"{FOLDER}/{path.name}", mail=name, problems=problems)
        if found:
            translations.setdefault(name, {})[found[1]] = source
        elif name in mails:
            _spot(path, problems).report(f"stands beside {name}.md; a mail has one file")
        else:
            mails[name] = source
    _check_belonging(translations, mails)
    return MailFiles(
        mails=mails,
        translations=translations,
        hand_off=_hand_off(folder, problems),
        footer=_footer(folder, problems),
        layout=_layout(folder, [*mails.values()], problems),
        words=read_words(folder, problems),
    )


def _paths(folder: Path, problems: Problems) -> list[Path]:
    """The mails in order of name; anything else that lies there is a mistake."""
    found = []
    for path in sorted((folder / FOLDER).glob("*")):
        name = _TAG.sub("", path.stem)
        if path.name.startswith("."):
            continue
        if path.name.startswith("_"):
            _check_ours(path, problems)
        elif path.suffix not in {MARKDOWN, MJML}:
            _spot(path, problems).report(f"is not read: files in {FOLDER}/ end in .md or .mjml")
        elif not NAME.fullmatch(name):
            _spot(path, problems).report(
                "needs a name like `cake-guide`: small letters, digits and dashes; a translation"
                " adds its language, as `cake-guide.de.md`"
            )
        else:
            found.append(path)
    return found


def _asked_for(folder: Path) -> list[Path]:
    """The client's own words and all their translations, or ours."""
    found = []
    for name in ASKED_FOR:
        own = (folder / FOLDER / f"{name}.md").exists()
        at = folder / FOLDER if own else _BUILT_IN
        found += [at / f"{name}.md", *sorted(at.glob(f"{name}.*.md"))]
    return found


def _check_ours(path: Path, problems: Problems) -> None:
    if _TAG.sub("", path.stem) + path.suffix not in _OURS:
        hint = did_you_mean(path.name, _OURS)
        _spot(path, problems).report(f"is not read: no mail's name begins with _{hint}")


def _check_belonging(
    translations: Mapping[str, Mapping[str, MailSource | None]],
    mails: Mapping[str, MailSource | None],
) -> None:
    for name, by_language in translations.items():
        for source in by_language.values():
            if source and name not in mails:
                hint = did_you_mean(name, mails)
                source.spot.report(f"translates {name!r}, but there is no such mail{hint}")


def _spot(path: Path, problems: Problems) -> Spot:
    return Spot(file=f"{FOLDER}/{path.name}", line=1, path="", problems=problems)


def _hand_off(folder: Path, problems: Problems) -> MailSource | None:
    """The notice to the client's owner: the client's own words, or ours."""
    own = folder / FOLDER / f"{HAND_OFF}.md"
    path = own if own.exists() else _BUILT_IN / "hand_off.md"
    name = f"{FOLDER}/{HAND_OFF}.md"
    return read_mail(path, name=name, mail=HAND_OFF, problems=problems)


def _footer(folder: Path, problems: Problems) -> str:
    own = folder / FOOTER
    path = own if own.exists() else _BUILT_IN / "footer.txt"
    spot = Spot(file=FOOTER, line=1, path="", problems=problems)
    return read_text(path, spot) or ""


def _layout(folder: Path, mails: list[MailSource | None], problems: Problems) -> Layout | None:
    if not any(mail is None or mail.format == "html" for mail in mails):
        return None
    return read_layout(folder, problems)
