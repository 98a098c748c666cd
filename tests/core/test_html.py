from kneecare.core.text.html import outline, plain_lines, plain_text


def test_an_outline_has_links_and_headings_in_order():
    found = outline(
        '<h2>A <strong>b</strong></h2><p><a href="/x/">x</a></p><h3>C &amp; d</h3>'
    )

    assert found.links == ["/x/"]
    assert found.headings == [(2, "A b"), (3, "C & d")]


def test_an_outline_is_of_what_readers_get():
    found = outline('<h1>Gone</h1><p><a href="javascript:alert(1)">x</a></p>')

    assert found.headings == []
    assert not any("javascript" in link for link in found.links)


def test_an_outline_counts_empty_headings_so_that_ids_can_be_put_on_them_in_order():
    assert outline("<h2> </h2><h2>A<br>b</h2>").headings == [(2, ""), (2, "A b")]


def test_paragraphs_tell_points_from_headings_and_from_loose_words():
    html = "Loose<h2>Up</h2><ul><li><p>One</p></li></ul><p>Two</p>loose"

    found = [(each.kind, each.text) for each in outline(html).paragraphs if each.text]

    assert found == [
        ("p", "Loose"),
        ("heading", "Up"),
        ("item", "One"),
        ("p", "Two"),
        ("p", "loose"),
    ]


def test_plain_text_has_a_line_for_each_part():
    html = "<h2>Why</h2><p>A &amp; b.<br>C</p><ul><li><p>One</p></li><li>Two</li></ul>"

    assert plain_lines(html).split("\n") == ["Why", "A & b.", "C", "One", "Two"]
    assert plain_text(html) == "Why A & b. C One Two"
