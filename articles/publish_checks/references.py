from articles.publish_checks.finding import error


def check_references(copy):
    if not copy.references:
        text = "Name at least one reference: what the article rests on."
        yield error(text, copy.article, "references")
