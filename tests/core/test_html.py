from kneecare.core.html import outline


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
