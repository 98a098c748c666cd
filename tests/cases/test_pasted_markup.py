"""Text that was copied from Word, a spreadsheet or a page: what was deleted, hidden or said beside it is no content.

A dose must not change by pasting: "Hold <del>60</del><ins>20</ins> seconds" is a hold of 20 seconds.
"""

import pytest

from articles.feeds import CLEANER
from kneecare.core.text.html import outline, plain_lines
from kneecare.core.text.richtext import EXTENSIONS, clean, sanitize, shown

pytestmark = pytest.mark.same_on_any_database("what is cleaned")

NO_CONTENT = {
    "deleted, in a tracked change": "<del>60</del>",
    "deleted, with who and when": '<del cite="mailto:Rae" datetime="2026-01-05T10:00">60</del>',
    "struck through": "<s>60</s>",
    "struck through, in old markup": "<strike>60</strike>",
    "struck through, by style": '<span style="font-size:11pt;text-decoration:line-through">60</span>',
    "deleted, by Word's class": "<span class=msoDel>60</span>",
    "hidden": "<span hidden>60</span>",
    "hidden, in an element that we do not have": "<u hidden><b>60</b></u>",
    "not displayed": '<span style="display: none">60</span>',
    "not visible": '<b style="color:red; VISIBILITY:hidden">60</b>',
    "hidden in Word": "<span style='display:none;mso-hide:all'>60</span>",
    "of no size": '<font style="font-size:0">60</font>',
    "a comment": "<!-- 60 -->",
    "Word's number of a comment": "<span class=MsoCommentReference><span style='mso-special-character:comment'><a class=msocomanchor href='#c1'>60</a></span></span>",
    "deleted, in Word's own markup": "<w:del>60</w:del><w:moveFrom>60</w:moveFrom>",
    "never shown by a browser": "<template>60</template><noscript>60</noscript><select><option>60</select>",
}
COMMENTS = "<div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'><p class=MsoCommentText>Is 60 too long?</p></div></div>"
TABLE = "<table><tr><td>Day</td><td></td><td>Reps</td></tr><tr><td>1</td><td>rest</td><td></td></tr></table>"


@pytest.mark.parametrize("markup", NO_CONTENT.values(), ids=NO_CONTENT)
def test_what_is_not_to_be_read_is_not_stored(markup):
    pasted = f"<p>Hold {markup}<ins>20</ins> seconds</p>"

    assert clean(pasted) == "<p>Hold 20 seconds</p>"


def test_the_comments_at_the_end_of_a_document_are_not_stored():
    assert clean(f"<p>Hold 20 seconds</p>{COMMENTS}") == "<p>Hold 20 seconds</p>"


def test_the_words_that_a_comment_is_about_are_kept():
    pasted = "<p>Hold <span style='mso-comment-reference:RA_1'>20</span> seconds</p>"

    assert clean(pasted) == "<p>Hold 20 seconds</p>"


@pytest.mark.parametrize("style", ["opacity:0.9", "font-size:0.9em", "display:inline", "text-decoration:underline", "mso-hide:none"])  # fmt: skip
def test_what_can_be_read_is_stored(style):
    assert clean(f'<p>a<span style="{style}">b</span>c</p>') == "<p>abc</p>"


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("<div hidden><p>a<br>b</p></div><p>c<br>d</p>", "<p>c<br>d</p>"),
        ('<p>a<br style="display:none">b <b>c</b></p>', "<p>ab <strong>c</strong></p>"),
        ("<p>a</p><br hidden><p>b</p>", "<p>a</p><p>b</p>"),
    ],
)
def test_what_follows_something_hidden_is_stored(pasted, stored):
    assert clean(pasted) == stored


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>10<sup>-3</sup> m</p>", "10⁻³ m"),
        ("<p>H<sub>2</sub>O</p>", "H₂O"),
        ("<p>x<sup>n</sup></p>", "x^n"),
        ("<p>10<sup><strong>3</strong></sup> m</p>", "10³ m"),
        ("<p>v<sub>max</sub></p>", "v_max"),
    ],
)
def test_what_stands_above_or_below_the_line_stays_there(html, words):
    assert clean(html) == html
    assert plain_lines(html) == words
    assert [each.text for each in outline(html).paragraphs] == [words]
    assert CLEANER.clean(html) == html


def test_what_is_raised_by_style_is_raised():
    pasted = '<p>10<span style="font-size:8pt;vertical-align:super">3</span></p>'

    assert clean(pasted) == "<p>10<sup>3</sup></p>"


@pytest.mark.parametrize(
    "html",
    [
        '<ol start="4"><li><p>Rest</p></li></ol>',
        '<ol start="4" type="a"><li><p>Rest</p></li></ol>',
        '<ol type="I"><li><p>Rest</p></li></ol>',
        '<p><a href="/about/" title="Who we are">us</a></p>',
        '<table><tbody><tr><td colspan="2"><p>a</p></td></tr><tr><th>b</th><td></td></tr></tbody></table>',
    ],
)
def test_what_the_editor_offers_is_kept(html):
    assert clean(html) == html
    assert sanitize(html) == html


def test_each_element_that_the_editor_makes_is_kept():
    made = {
        "Bold": "<strong>a</strong>",
        "Italic": "<em>a</em>",
        "Subscript": "a<sub>2</sub>",
        "Superscript": "a<sup>2</sup>",
        "BulletList": "<ul><li><p>a</p></li></ul>",
        "OrderedList": '<ol start="2"><li><p>a</p></li></ol>',
        "ListItem": "<ul><li><p>a</p></li></ul>",
        "Heading": "<h2>a</h2><h3>b</h3>",
        "HardBreak": "<p>a<br>b</p>",
        "Link": '<p><a href="https://a.example/">a</a></p>',
        **dict.fromkeys(
            ["Table", "TableRow", "TableHeader", "TableCell"],
            "<table><tbody><tr><th><p>a</p></th><td><p>b</p></td></tr></tbody></table>",
        ),
    }

    assert set(made) | {"HTML"} == set(EXTENSIONS)
    assert [name for name, html in made.items() if clean(html) != html] == []


def test_a_list_that_word_has_drawn_goes_on_counting_where_it_did():
    blanks = "&nbsp;" * 5

    pasted = f"<p>4.{blanks}Sit down</p><p>5.{blanks}Stand up</p>"

    assert clean(pasted) == (
        '<ol start="4"><li><p>Sit down</p></li><li><p>Stand up</p></li></ol>'
    )


def test_a_table_with_an_empty_cell_keeps_its_columns():
    assert clean(TABLE) == (
        "<table><tbody><tr><td>Day</td><td></td><td>Reps</td></tr>"
        "<tr><td>1</td><td>rest</td><td></td></tr></tbody></table>"
    )


def test_a_table_read_as_lines_still_has_its_columns():
    rows = ["Day | – | Reps", "1 | rest | –"]  # noqa: RUF001 - an empty cell

    assert plain_lines(clean(TABLE)).splitlines() == rows
    assert [each.text for each in outline(clean(TABLE)).paragraphs] == rows


def test_cells_of_several_paragraphs_are_one_cell_still():
    html = "<table><tbody><tr><td><p>a</p><p>b</p></td><td><ul><li><p>c</p></li></ul></td></tr></tbody></table>"

    assert plain_lines(html) == "a b | c"
    assert [each.text for each in outline(html).paragraphs] == ["a b | c"]


def test_a_table_of_one_column_that_only_holds_text_in_place_is_that_text():
    assert clean("<table><tr><td>One</td></tr><tr><td><p>Two</p></td></tr></table>") == "<p>One</p><p>Two</p>"  # fmt: skip


def test_a_wide_table_can_be_moved_with_the_keyboard():
    page = shown(clean(TABLE))

    assert 'class="wide-table" role="region" aria-label="Table" tabindex="0"' in page
