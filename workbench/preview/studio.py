"""A client's mails as they are now: compiled again whenever the folder changes, then rendered."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

from coldframe.adapters.keys import SecretKeys
from coldframe.adapters.links import SignedLinks
from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.renderer import FILE, JinjaRenderer
from coldframe.adapters.text_writer import JinjaTexts
from coldframe.domain.conditions.nodes import Condition, Const, Type
from coldframe.domain.message import TRAP, RenderedMail
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.profile import Profile
from coldframe.domain.text_length import messages
from coldframe.domain.told import Known
from infra.playbook import CompiledClient, PlaybookProblems, compile_client
from infra.playbook.lints.finding import Finding
from infra.playbook.lints.lints import lint
from workbench.local.watching import state_of

MESSAGE: Final = "0" * 26
LANGUAGE: Final = "language"
_BASE: Final = "https://preview.invalid"
_CHOICES: Final = {"1": True, "0": False}


class _Vault:
    """Keys that open nothing: what is signed here is valid nowhere."""

    def get_secret_value(self, **_: str) -> dict[str, Any]:
        return {"SecretString": '{"id": "preview"}'}


class Unsigned(JinjaRenderer):
    """Renders as the deployed client does, but links lead straight to where they point."""

    def _link(self, target: str, index: int, lead: str, message: str) -> str:
        del lead, message
        if index == TRAP:
            return "#"
        return f"{_BASE}/files/{target.removeprefix(FILE)}" if target.startswith(FILE) else target

    def _unsubscribe_url(self, lead: str, message: str) -> str:
        del lead, message
        return f"{_BASE}/unsubscribe"

    def _preferences_url(self, lead: str, message: str) -> str:
        del lead, message
        return f"{_BASE}/preferences"

    def _reply_to(self, client: Client, lead: str, message: str) -> str:
        del lead, message
        return client.reply_to


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """``messages``: how many the network makes of it."""

    text: str
    language: str
    body: str
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The folder at one moment; with ``problems``, it compiles no more."""

    revision: str
    compiled: CompiledClient | None
    playbook: CompiledPlaybook | None
    problems: Sequence[str] = ()
    findings: Sequence[Finding] = ()

    def mails(self) -> list[Mail]:
        held = self.compiled.mails.values() if self.compiled else ()
        return [mail for mail in held if not mail.mail.startswith("_")]

    def mail(self, name: str) -> Mail | None:
        return next((mail for mail in self.mails() if mail.mail == name), None)

    def rendered(
        self, mail: Mail, profile: Profile, *, language: str = "", when: str = ""
    ) -> RenderedMail:
        """``when``: a digit for each of the mail's conditions, 1 holds, 0 doesn't; else it is
        asked of the lead."""
        if self.playbook is None or self.compiled is None:
            raise TypeError("what doesn't compile can't be rendered")
        renderer = Unsigned(self.playbook, SignedLinks(_keys()), _BASE)
        if language:
            told = Known(value=language, at=datetime.now(UTC), by="preview")
            profile = replace(profile, fields={**profile.fields, LANGUAGE: told})
        return renderer.render(
            _settled(mail, when),
            profile=profile,
            client=self.compiled.client,
            message=MESSAGE,
            journey="",
        )

    def texts(self, profile: Profile) -> list[ShownText]:
        """Every text message, in every language, as the lead would get it."""
        if self.playbook is None or self.compiled is None:
            return []
        writer, client, found = JinjaTexts(self.playbook), self.compiled.client, []
        for text in self.compiled.texts.values():
            for language in (text.language, *text.translations):
                told = Known(value=language, at=datetime.now(UTC), by="preview")
                lead = replace(profile, fields={**profile.fields, LANGUAGE: told})
                body = writer.render(
                    text, profile=lead, client=client, message=MESSAGE, journey=""
                ).text
                found.append(
                    ShownText(text=text.mail, language=language, body=body, messages=messages(body))
                )
        return found


class Studio:
    def __init__(self, folder: Path, *, environment: str) -> None:
        self._folder = folder
        self._environment = environment
        self._place = TemporaryDirectory(prefix="coldframe-preview-")
        self._edition: Edition | None = None

    def close(self) -> None:
        self._place.cleanup()

    def revision(self) -> str:
        return hashlib.sha256(repr(sorted(state_of(self._folder))).encode()).hexdigest()[:12]

    def edition(self) -> Edition:
        revision = self.revision()
        if self._edition is None or self._edition.revision != revision:
            self._edition = self._compiled(revision)
        return self._edition

    def _compiled(self, revision: str) -> Edition:
        try:
            compiled = compile_client(self._folder, environment=self._environment)
        except PlaybookProblems as mistakes:
            told = [str(problem) for problem in mistakes.problems]
            return Edition(revision=revision, compiled=None, playbook=None, problems=told)
        written = compiled.write(
            Path(self._place.name) / revision, dict.fromkeys(compiled.files, "")
        )
        return Edition(
            revision=revision,
            compiled=compiled,
            playbook=CompiledPlaybook(written),
            findings=lint(compiled, self._folder, today=datetime.now(UTC).date()),
        )


def _settled(mail: Mail, when: str) -> Mail:
    chosen = [_CHOICES.get(each) for each in when.ljust(len(mail.conditions), "-")]
    return replace(
        mail,
        conditions=tuple(
            condition if value is None else _constant(condition, holds=value)
            for condition, value in zip(mail.conditions, chosen, strict=False)
        ),
    )


def _constant(condition: Condition, *, holds: bool) -> Condition:
    return replace(condition, tree=Const(value=holds, type=Type.BOOLEAN))


def _keys() -> SecretKeys:
    return SecretKeys(cast("Any", _Vault()), "preview")
