"""Links that lead somewhere: our own pages looked up now, other sites as the worker last found them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve

from articles.link_checking import Link, links_of
from articles.models import Article, ExternalLink, Topic
from articles.models.external_link import MAX_URL
from articles.rendering.table_of_contents import TAKEN, with_anchors
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Program
from kneecare.publishing.publish_checks import advice, error

# Pages with an address of their own, and who may be read there.
PAGES: dict[str, Callable[[], Any]] = {
    "articles:detail": lambda: Article.objects.published(),
    "exercises:detail": lambda: Exercise.objects.published(),
    "routines:detail": lambda: Routine.objects.published(),
    "program": lambda: Program.objects.published(),
    "topic": lambda: Topic.objects.in_use(),
}
PRIVATE = {"articles:preview", "booking"}


def check_links(draft):
    links = links_of(draft)
    for link in links:
        if link.is_ours:
            yield from _ours(link, draft)
        elif not link.leads_on:
            yield error(f"The link “{link.href}” leads nowhere.", link.row, link.field)
    yield from _theirs([link for link in links if link.is_elsewhere])
    yield from _shown(draft)


def _ours(link: Link, draft):
    if link.is_on_this_page:
        if link.fragment and link.fragment not in _anchors(draft):
            said = f"The link “#{link.fragment}” finds no main heading of that name on this page."
            yield advice(said, link.row, link.field)
    elif problem := _problem(link.path, draft):
        yield error(f"The link “{link.href}” {problem}", link.row, link.field)


def _problem(path, draft):
    """What is wrong with a path on this site, or nothing."""
    match = _resolved(path)
    if match is None:
        return "leads to a page that does not exist."
    name, kwargs = match.view_name, match.kwargs
    if name in PRIVATE or "admin" in match.namespaces:
        return "leads to a page that patients cannot open."
    if name == "media":
        return "" if default_storage.exists(kwargs["path"]) else "leads to no picture."
    if name in PAGES and not _is_read(name, kwargs["slug"], draft):
        return "leads to a page that is not published."
    return ""


def _is_read(name, slug, draft):
    if name == "articles:detail" and slug in {each.slug for each in draft.publish_with}:
        return True
    return PAGES[name]().filter(slug=slug).exists()


def _resolved(path):
    for tried in [path, f"{path}/"]:
        try:
            return resolve(unquote(tried))
        except Resolver404:
            continue
    return None


def _anchors(draft):
    snapshot = [{"type": "text", "html": text.html} for text in draft.texts]
    blocks, _ = with_anchors(snapshot)
    return TAKEN | {anchor for block in blocks for anchor in block["anchors"]}


def _theirs(links):
    known = {
        row.url: row
        for row in ExternalLink.objects.filter(url__in={link.url for link in links})
    }
    for link in links:
        yield from _answer(link, known.get(link.url))


def _answer(link, row):
    shown = f"The link “{link.href}”"
    if len(link.url) > MAX_URL:
        text = f"{shown} is too long to be checked."
        yield advice(text, link.row, link.field)
    elif row is None or row.checked_at is None:
        text = f"{shown} was not checked yet. The next minutes will tell."
        yield advice(text, link.row, link.field)
    elif row.is_gone:
        text = f"{shown} is dead: the site said twice that there is no such page ({row.status})."
        yield error(text, link.row, link.field)
    elif not row.is_fine:
        why = row.last_error or f"the site answered {row.status}"
        yield advice(f"{shown} could not be checked: {why}.", link.row, link.field)


def _shown(draft):
    """Exercises, routines and programs that the page would leave out, or point at in vain."""
    for block in draft.blocks:
        for field in ["exercise", "routine", "program"]:
            page = getattr(block, field, None)
            if page is not None and not page.is_published:
                yield error(f"“{page}” is not published.", block, field)
