"""Whatever stands in a playbook or in a lead's fields is text: nothing of it is ever run."""

import json
import sys
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.conditions.evaluate import evaluate
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.stored import condition_from_json, condition_to_json
from infra.playbook.conditions.parsing import ConditionMistakes
from tests.unit.conditions.examples import BAKERY, NOW, compiled, remembered, touchpoint

NAUGHTY = [
    "{{ 7 * 7 }}",
    "{% for x in range(10**9) %}",
    "{# secret #}",
    "}} {{ cycler.__init__.__globals__.os.system('id') }} {{",
    "' or 1 == 1 or '",
    '" or true or "',
    "__import__('os').system('id')",
    "${jndi:ldap://example.com/a}",
    "$(touch /tmp/x); `id`",
    "<script>alert(1)</script>",
    "1; DROP TABLE leads",
    "../../etc/passwd\0.png",
    "%s%n%x %(name)s {0.__class__}",
    "\\u0000 \\x41 \\N{SNOWMAN} \\",
    "“smart” ‘quotes’ — \u2028\u2029\u200b\ufeff",
    "العربية עברית \u202e txet",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "\r\n\t\x0b\x1b[31m",
    "NaN",
    "-1e400",
    "*" * 200,
    "a" * 5000,
]
texts = st.one_of(st.sampled_from(NAUGHTY), st.text(max_size=40))


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@given(text=texts.filter(lambda text: len(text) < 900))
def test_every_text_stays_itself_from_the_playbook_to_the_answer(text: str) -> None:
    path = touchpoint("page.viewed", ago=timedelta(hours=1), path=text)
    condition = compiled(
        f'industry == {quoted(text)} or did("page.viewed", path={quoted(text)}) == 1'
    )
    stored = condition_from_json(json.loads(json.dumps(condition_to_json(condition))))

    said = Facts(fields={"industry": text})
    seen = Facts(memory=remembered(stored.memory, path))

    assert evaluate(stored, said, now=NOW, explain=True).value is bool(text.strip())
    assert evaluate(stored, seen, now=NOW, explain=True).value is True
    assert evaluate(stored, Facts(), now=NOW, explain=True).value is False


@given(value=texts)
def test_no_value_of_a_field_disturbs_an_answer(value: str) -> None:
    source = (
        'industry in ["retail"] or employees > 1 or vip or since(tasting) > days(1) or'
        ' "x" in interests or calendar_days_since(wedding) in [1] or matches(job_title, "*a*b*")'
        ' or score > 5 or tier == "hot" or since(created_at) < patience'
    )
    fields = dict.fromkeys([*BAKERY.fields], value)

    evaluate(compiled(source), Facts(fields=fields), now=NOW, explain=True)


@given(source=st.one_of(texts, st.text("()[]{}'\"|.~%#*-+/<>=!,: \nandorinisf0159", max_size=60)))
def test_any_text_is_a_condition_or_a_mistake(source: str) -> None:
    places = [0]
    try:
        compiled(source)
    except ConditionMistakes as wrong:
        places = [mistake.start for mistake in wrong.mistakes]

    assert places
    assert all(0 <= place <= len(source) for place in places)


@pytest.mark.parametrize(
    "source",
    [
        "self.__class__.__mro__",
        "''.__class__.__subclasses__()",
        "cycler.__init__.__globals__",
        "lipsum.__globals__['os'].popen('id').read()",
        "range(999999999)",
        "'a' * 999999999 == industry",
        "9 ** 9 ** 9 > 1",
        "namespace(x=1)",
        "dict(a=1).items()",
        "vip is callable",
        "industry | attr('__class__')",
        "industry | map('upper')",
        "super()",
        "joiner()",
        "_('text')",
    ],
)
def test_nothing_of_jinja_can_be_reached(source: str) -> None:
    with pytest.raises(ConditionMistakes):
        compiled(source)


@pytest.mark.parametrize(
    "opening", ["(", "[", "not ", "-", "did(", "vip if ", "since(", "a.", "1<"]
)
def test_depth_is_refused_not_suffered(opening: str) -> None:
    limit = sys.getrecursionlimit()

    with pytest.raises(ConditionMistakes):
        compiled(opening * (1990 // len(opening)))
    assert sys.getrecursionlimit() == limit
