"""What holds for the text of every template."""

from itertools import pairwise

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

pytestmark = pytest.mark.same_on_any_database("the text of templates")

TEMPLATES = settings.BASE_DIR / "templates"
NAMES = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*")
    if path.is_file()
)


def says_something(token):
    is_blank = token.token_type == TokenType.TEXT and not token.contents.strip()
    return not is_blank and token.token_type != TokenType.COMMENT


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_words_for_emptiness_only_where_there_is_something_to_say(name):
    text = (TEMPLATES / name).read_text(encoding="utf-8")

    said = [each.contents for each in Lexer(text).tokenize() if says_something(each)]

    assert ("empty", "endfor") not in list(pairwise(said))
