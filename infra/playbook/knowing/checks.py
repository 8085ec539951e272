"""The four files compared with the rest of the client's folder."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from coldframe.domain.conditions.memory import merged
from coldframe.domain.knowing.learning import needs_of
from coldframe.domain.playbook import Reactions
from infra.playbook.knowing.compiling import Concluded, compile_knowing, version_of
from infra.playbook.knowing.words import catalogue_for
from infra.reading.problems import did_you_mean

if TYPE_CHECKING:
    from coldframe.domain.knowing.rules import Conclusion
    from infra.playbook.folder import Sources


def check_knowing(sources: "Sources") -> dict[str, frozenset[str]]:
    """Segment → the fields that it asks for, also by way of others."""
    for stage in sources.knowing.content.stages:
        for mail in stage.mails:
            if "*" not in mail and mail not in sources.emails.mails:
                hint = did_you_mean(mail, sources.emails.mails)
                stage.spot.report(f"there is no mail {mail!r}{hint}")
    return _reads(_concluded(sources).knowing.segments)


def with_knowing(reactions: Reactions, sources: "Sources") -> Reactions:
    """What is concluded of leads, and what must be remembered for it."""
    concluded = _concluded(sources)
    memory = merged((*reactions.memory, *concluded.memory))
    version = version_of(concluded.knowing, memory, (*reactions.dates, *reactions.needs))
    knowing = replace(concluded.knowing, version=version)
    found = replace(reactions, memory=memory, knowing=knowing)
    return replace(found, needs=tuple(sorted(needs_of(found) | {*reactions.needs})))


def _concluded(sources: "Sources") -> Concluded:
    """Of what can't be read, nothing."""
    catalogue = catalogue_for(sources.fields, sources.events, sources.knowing)
    if catalogue is None or sources.root is None:
        return Concluded()
    return compile_knowing(sources.knowing, catalogue, zone=sources.root.client.zone)


def _reads(segments: "Iterable[Conclusion]") -> dict[str, frozenset[str]]:
    reads: dict[str, frozenset[str]] = {}
    for segment in segments:
        others = (reads.get(name, frozenset()) for name in segment.condition.segments)
        reads[segment.name] = frozenset(segment.condition.fields).union(*others)
    return reads
