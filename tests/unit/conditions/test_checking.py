import pytest

from coldframe.domain.conditions.nodes import Type
from infra.playbook.conditions.built_in import FUNCTIONS, TAKEN
from infra.playbook.conditions.catalogue import name_problem
from infra.playbook.conditions.compiling import condition_at
from infra.playbook.conditions.parsing import ConditionMistakes
from infra.reading.problems import Problems, Spot
from tests.unit.conditions.examples import BAKERY, compiled


def mistakes(source: str, wants: Type = Type.BOOLEAN) -> list[str]:
    with pytest.raises(ConditionMistakes) as raised:
        compiled(source, wants)
    return str(raised.value).split("\n")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("scor > 5", "there is no field 'scor'; did you mean 'score'? (character 1)"),
        ("lead.score > 5", "there are no dots; write `score` alone (character 5)"),
        ("lead.x > 5", "there are no dots; write a field's name alone"),
        ("score", "`score`, which falls with time, must be compared, e.g. score >= 50"),
        ("score + 5 > 10", "bring everything else to the other side (character 1)"),
        ("score == 50", "`score` equals a value for one instant only"),
        ('score > "50"', '`score` is a number, but "50" is text'),
        ('score("x") > 1', "`score` is a field, not a function; leave the brackets out"),
        ("days > 3", "days is a function; write days(…)"),
        ('dit("x") > 1', "there is no function 'dit'; did you mean 'did'? (character 1)"),
        ("not industry", "`industry` is text, not true or false; compare it"),
        ('industry > "a"', "`industry` is text, which has no order"),
        ("industry == 5", "`industry` is text, but 5 is a number"),
        ('employees == "5"', '`employees` is a number, but "5" is text'),
        ("industry == interests", "only values of one type can be compared; write `in`"),
        ("interests == interests", "a list can't be compared"),
        ("wedding == tasting", "count calendar_days_since(…) each"),
        ("tasting > days(3)", "write since(…) or until(…) around the instant"),
        ('wedding == "2026-13-01"', '"2026-13-01" is not a date; write e.g. "2026-11-21"'),
        ("1 < 2", "both sides are fixed, so the answer is always the same"),
        ('tier == "hott"', "`tier` is never 'hott'; did you mean 'hot'?"),
        ('tier in ["hot", "wram"]', "`tier` is never 'wram'; did you mean 'warm'?"),
        ('"manager" in job_title', 'or matches(…, "*word*") to look into a text'),
        ("industry in vip", "`vip` is true or false, not a list"),
        ('employees in ["a"]', "`employees` is a number, but the list holds text"),
        ('"a" in ["a"]', "both sides are fixed"),
        ('industry in ["a", 5]', "a list holds written-out texts, or numbers, of one type"),
        ("industry in []", "a list holds written-out texts, or numbers, of one type"),
        (f"employees in {list(range(101))}", "a list holds 100 values at most"),
        ('industry in ("a", "b")', "write a list in [ ]"),
        ("employees in [1, 2] < 3", "write `in` as a comparison of its own"),
        ('did("page.viewed") in ["a"]', "did(…) is a number, but the list holds text"),
        ('did("page.vewed") > 1', "there is no event 'page.vewed'; did you mean 'page.viewed'?"),
        ('did("page.viewed", pth="x") > 1', "page.viewed has no 'pth'; did you mean 'path'?"),
        ('did("page.viewed", path=5) > 1', "path of page.viewed is text, not a number"),
        ('did("page.viewed", path=industry) > 1', "path must be written out"),
        ('did("page.viewed", path="a", path="b") > 1', "is given the same property twice"),
        ('did("page.viewed")', 'did(…) must be compared, e.g. did("page.viewed") >= 1'),
        ('did("page.viewed") > employees', "a whole number written out"),
        ('did("page.viewed") > 1.5', "a whole number written out"),
        ('did("page.viewed") >= 0', "a count is never below 0"),
        ('did("page.viewed") >= 101', "counts up to 100 only"),
        ('did("page.viewed") + 1 > 2', "did(…) can only be compared"),
        ('did("page.viewed", within="3 months") > 1', 'write within="30 days"'),
        ('did("page.viewed", within=30) > 1', 'write within="30 days"'),
        ('did("page.viewed", within=days(0)) > 1', "within must be longer than nothing"),
        ('did(path="x") > 1', "did takes the kind of an event in quotes"),
        ("did(*industry) > 1", "write each value out; there are no `*` and `**`"),
        ("last(5) is known", "last takes the kind of an event in quotes"),
        ("since(last_seen) > 90", "since(…) is a duration; say of what"),
        ('since(last_seen) > "90 dys"', '"90 dys" is not a duration; write e.g. "30 days"'),
        ("since(last_seen) > vip", "since(…) is a duration, but `vip` is true or false"),
        ("since(last_seen) == days(3)", "since(…) equals a value for one instant only"),
        ("since(last_seen) > since(created_at)", "both sides change with time"),
        ("since(last_seen, vip) > days(1)", "since takes one value; write e.g."),
        ("since(wedding) > days(1)", "`wedding` is a date; write calendar_days_since(…)"),
        ("until(employees) > days(1)", "`employees` is a number, not an instant"),
        ("calendar_days_since(wedding) > days(3)", "calendar days are a plain number"),
        ("calendar_days_since(wedding) > industry", "calendar days are a number, but"),
        ("calendar_days_since(vip) > 1", "`vip` is true or false, not an instant or a date"),
        ("days(industry) > patience", "`industry` is text, not a number"),
        ("in_segment(vip)", "in_segment takes a name"),
        ('in_segment("engagd")', "there is no segment 'engagd'; did you mean 'engaged'?"),
        ("matches(job_title)", "matches takes a text and patterns"),
        ('matches(employees, "x")', "`employees` is a number, not text"),
        ("score is defined", "there is no test `is defined`; write `is known`"),
        ("vip is known vip", "`vip` is not expected here (character 14)"),
        ("vip is known(vip)", "nothing follows `is known`; is an `and` missing?"),
        ("5 is known", "ask `is known` of a field"),
        ('did("page.viewed") is known', "ask `is known` of a field"),
        ("industry == none", "there is no `none`; ask whether something `is not known`"),
        ("vip if vip", "an `if` needs its `else`"),
        ('employees if vip else "x"', "gives a number or else text; both must be of one type"),
        ("employees / 0 > 1", "nothing can be divided by 0"),
        ("tasting + 3 > tasting", "an instant `+` a number makes no sense"),
        ("-industry == job_title", "`-` text makes no sense"),
        ("employees > 9999999999999999", "this number is too large"),
        ("employees > 1e400", "this number is too large"),
        ('industry == "\\ud800"', "this text holds half a character"),
        ("industry | lower == job_title", "there are no filters"),
        ("employees ** 2 > 3", "there is no `**`"),
        ("employees // 2 > 3", "there is no `//`; write `/`"),
        ("employees % 2 == 1", "there is no `%`"),
        ("+employees > 3", "leave the `+` before a value out"),
        ('industry ~ "a" == job_title', "texts can't be joined"),
        ("interests[0] == job_title", "there are no [ ] behind a value"),
        ('{"a": 1}', "leave the braces out"),
        ('vip == {"a": 1}', "there is nothing in { } here"),
        ("{{ vip }}", "leave the braces out"),
        ("vip }} {{ vip", "must be one expression, without braces"),
        ("vip }}{% set x = 1 %}{{ vip", "must be one expression, without braces"),
        ("employees = 5", "one `=` is not a comparison; write `==` (character 11)"),
        ("vip AND vip", "write it in small letters (character 5)"),
        ("vip && vip", "write `and` for &&"),
        ("vip || vip", "write `or` for ||"),
        ("!vip", "write `not` for !"),
        ("employees <> 5", "write `!=` for <>"),
        ("industry == “retail”", "use straight quotes (character 13)"),
        ('industry == "retail', "this quote is never closed (character 13)"),
        ("(vip", "a `)` is missing at the end"),
        ("vip # note", "'#' means nothing here (character 5)"),
        ("vip vip", "`vip` is not expected here (character 5)"),
        ("vip and", "the expression ends too early"),
        ("", "the expression ends too early"),
        ("vip\nand\n  indstry is known", "did you mean 'industry'? (line 3, character 3)"),
        ("vip and " * 300 + "vip", "is longer than 2000 characters"),
        ("not " * 40 + "vip", "is nested deeper than 24 levels"),
        ("- " * 900 + "employees > 1", "is nested deeper than 24 levels"),
        ("(" * 900 + "vip" + ")" * 900, "is nested deeper than 24 levels"),
    ],
)
def test_each_mistake_gives_one_clear_message(source: str, message: str) -> None:
    found = mistakes(source)

    assert len(found) == 1
    assert message in found[0]


def test_all_mistakes_come_at_once_in_their_order() -> None:
    found = mistakes('scor > 5 and industy == "x" or not dit("u")')

    assert [text.split(";")[0] for text in found] == [
        "there is no field 'scor'",
        "there is no field 'industy'",
        "there is no function 'dit'",
    ]


def test_a_long_row_of_and_is_not_deep() -> None:
    compiled(" and ".join(["vip"] * 200))


def test_the_place_says_which_type_it_needs() -> None:
    assert compiled("employees * 2", Type.NUMBER).type is Type.NUMBER
    assert "gives a number, but text is needed here" in mistakes("employees * 2", Type.TEXT)[0]


def test_mistakes_are_reported_at_their_place_in_the_folder() -> None:
    problems = Problems()
    spot = Spot(file="segments.yaml", line=3, path="hot.when", problems=problems)

    assert condition_at(spot, "scor > 5 and vipp", catalogue=BAKERY) is None
    assert [str(problem)[:45] for problem in problems.found] == [
        "segments.yaml:3 hot.when: there is no field '",
        "segments.yaml:3 hot.when: there is no field '",
    ]


def test_a_condition_says_what_it_needs() -> None:
    source = (
        'did("page.viewed", path="/p*") >= 2 and did("page.viewed", path="/p*", within="9 days")'
        ' == 4 and first("page.viewed") < tasting and in_segment("asking") and score > fit'
    )

    condition = compiled(source)

    assert [(rule.key, rule.keep, rule.first) for rule in condition.memory] == [
        ("first page.viewed", 1, True),
        ('page.viewed {"path": "/p*"}', 5, False),
    ]
    assert condition.fields == ("fit", "score", "tasting")
    assert condition.segments == ("asking",)


def test_events_without_declared_properties_may_be_asked_for_any() -> None:
    assert compiled('did("call.noted", mood="good*") >= 1')


@pytest.mark.parametrize("example", [text for spec in FUNCTIONS for text in spec.examples])
def test_every_example_of_the_table_is_right(example: str) -> None:
    assert compiled(example)


def test_a_clients_field_cannot_take_a_name_of_the_language() -> None:
    assert "is a word of the condition language" in name_problem("not", taken=TAKEN)
    assert "is built in" in name_problem("score", taken=TAKEN)
    assert "is built in" in name_problem("did", taken=TAKEN)
    assert "is no name for a field" in name_problem("Job title", taken=TAKEN)
    assert name_problem("job_title", taken=TAKEN) == ""
