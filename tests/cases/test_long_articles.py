"""A text of thousands of headings, cells, marks or links takes seconds and not minutes: its time grows as its length does."""

import time

import pytest

from articles.rendering.footnotes import linked
from articles.rendering.table_of_contents import with_anchors
from kneecare.core.text.html import outline

pytestmark = pytest.mark.slow
FEW, MANY = 2_000, 8_000
# Four times as long takes four times as long; what grows with the square of it, sixteen times.
MOST = 8
TEXTS = {
    "headings": lambda n: "".join(f"<h2>Part {number}</h2>" for number in range(n)),
    "headings of one name": lambda n: "<h2>Part</h2>" * n,
    "list items": lambda n: f"<ul>{'<li><p>One</p></li>' * n}</ul>",
    "links": lambda n: "<p>" + '<a href="https://x.example/">a</a> b ' * n + "</p>",
    "cells": lambda n: (
        f"<table><tbody><tr>{'<td><p>c</p></td>' * n}</tr></tbody></table>"
    ),
    "rows": lambda n: (
        f"<table><tbody>{'<tr><td>c</td><td>d</td></tr>' * n}</tbody></table>"
    ),
    "breaks": lambda n: f"<p>{'words<br>' * n}</p>",
    "marks": lambda n: f"<p>{'Words [1]. ' * n}</p>",
}


def block(html):
    return {"type": "text", "html": html}


def seconds(html):
    """Of the processor's, for what a page asks of its text."""
    began = time.process_time()
    (read,), _ = with_anchors([block(html)], references=1)
    outline(html)
    if notes := read.get("notes"):
        linked(html, notes["html"])
    return time.process_time() - began


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_is_read_in_a_time_that_grows_with_its_length(kind):
    few, many = (TEXTS[kind](n) for n in (FEW, MANY))

    assert min(seconds(many), seconds(many)) < MOST * max(seconds(few), seconds(few))


def test_each_part_of_a_long_article_has_an_id_of_its_own():
    titles = ["Part", "Part 2", "Part", "Part 3", "Part", "Main", "reference-1"] * 50
    html = "".join(f"<h2>{title}</h2>" for title in titles)

    _, contents = with_anchors([block(html)])

    ids = [each["id"] for each in contents]
    assert len(set(ids)) == len(ids)
    assert ids[:7] == ["part", "part-2", "part-3", "part-3-2", "part-4", "main-2", "part-reference-1"]  # fmt: skip
    assert not {"main", "reference-1"} & set(ids)


def test_words_on_two_lines_of_a_paragraph_stay_two_words():
    (paragraph,) = outline("<p>one\n<strong>two</strong></p>").paragraphs

    assert paragraph.text == "one two"
