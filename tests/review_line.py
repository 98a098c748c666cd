def review_line(response):
    """What a page says at its top of who stands behind it.

    Never the whole page: the list of when to get help has a check of its own, in the same words.
    """
    text = response.text
    return text[text.index('<p class="review-line') :].partition("</p>")[0]
