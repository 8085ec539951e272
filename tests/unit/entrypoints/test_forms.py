from coldframe.domain.form import NONCE
from coldframe.entrypoints.form_page import form_page
from tests.fakes.playbook import CAKE_GUIDE

MARKUP = '"><script>alert(1)</script>'


def test_whatever_was_typed_is_shown_again_as_text() -> None:
    names = [NONCE, *(field.name for field in CAKE_GUIDE.fields)]
    problems = {field.name: MARKUP for field in CAKE_GUIDE.fields}

    body = form_page(CAKE_GUIDE, values=dict.fromkeys(names, MARKUP), problems=problems)["body"]

    assert "<script" not in body
    assert body.count("&lt;script&gt;") == 2 * len(names) - 2
