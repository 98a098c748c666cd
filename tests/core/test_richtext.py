import pytest
from django.template import Context, Template

from articles.models import TextBlock
from tests.factories import make_article

pytestmark = pytest.mark.same_on_any_database("what is cleaned")

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<p onclick="alert(1)" style="position:fixed">x</p>',
    '<iframe src="https://elsewhere.example"></iframe>',
    "<style>p{display:none}</style>",
    '<svg><script xlink:href="data:,alert(1)"/></svg>',
    '<form action="https://elsewhere.example"><input name=x></form>',
]
TRACES = [
    "script",
    "onerror",
    "onclick",
    "javascript:",
    "style",
    "<img",
    "<iframe",
    "<svg",
    "<form",
]


def render(html):
    return Template("{{ html|richtext }}").render(Context({"html": html}))


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_markup_is_gone_on_the_way_out(html):
    shown = render(html)

    assert [trace for trace in TRACES if trace in shown] == []


@pytest.mark.django_db
@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_markup_is_gone_on_the_way_in(html):
    block = TextBlock(parent=make_article(), region="main", html=f"<p>Kept.</p>{html}")
    block.full_clean()

    assert "Kept." in block.html
    assert [trace for trace in TRACES if trace in block.html] == []


def test_what_editors_may_write_passes_unchanged():
    html = (
        "<h2>Why</h2><h3>How</h3><p><strong>One</strong> <em>two</em><br></p>"
        '<ul><li><p>a</p></li></ul><ol><li><p>b</p></li></ol><p><a href="#x">x</a>'
        '<a href="https://nhs.example/">y</a></p>'
    )

    assert render(html) == html


def test_a_link_inside_the_site_knows_its_absolute_url_for_paper():
    inside = '<p><a href="/book/?a=1&amp;b=2">Book</a></p>'

    assert render(inside) == (
        '<p><a href="/book/?a=1&amp;b=2"'
        ' data-print="https://testserver/book/?a=1&amp;b=2">Book</a></p>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://elsewhere.example/">a</a></p>',
        '<p><a href="//elsewhere.example/">a</a></p>',
        '<p><a href="#part">a</a></p>',
        '<p>Write &lt;a href="/x/"&gt; for a link.</p>',
    ],
)
def test_whatever_is_no_link_inside_the_site_stays_as_it_is(html):
    assert render(html) == html
