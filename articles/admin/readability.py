"""Help to write plainly, on a page of its own: the text with its marks, and the two self-score forms."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst

from articles.draft_text import DraftText
from articles.models import Article
from articles.readability.forms import SelfScoreForm
from articles.readability.help import GOAL, LONGEST, ReadingHelp
from articles.readability.self_score import INSTRUMENTS, digest, keep_score, result
from kneecare.core.admin.urls import admin_url


def reading(admin, request, article):
    help_ = ReadingHelp(DraftText(article))
    return admin.render_page(
        request,
        article,
        "readability",
        title="Reading help",
        article=article,
        reading=help_,
        passages=_passages(article, help_),
        scores=_scores(article),
        forms=_forms(article) if _may_score(admin, request, article) else [],
        goal=GOAL,
        longest=LONGEST,
        words_url=_words_url(request.user),
    )


def self_score(admin, request, article, kind):
    if not _may_score(admin, request, article):
        raise PermissionDenied
    if kind not in INSTRUMENTS:
        raise Http404
    form = SelfScoreForm(request.POST or None, kind=kind)
    if form.is_valid():
        score = keep_score(article, kind, form.answers(), by=request.user)
        admin.message_user(request, result(score), messages.SUCCESS)
        return HttpResponseRedirect(admin_url(Article, "reading", article.pk))
    title = f"{form.instrument.name}: {article.title}"
    context = {"article": article, "instrument": form.instrument, "form": form}
    return admin.render_page(request, article, "self_score", title=title, **context)


def _may_score(admin, request, article):
    may_add = request.user.has_perm("articles.add_selfscore")
    return may_add and admin.has_change_permission(request, article)


def _passages(article, reading):
    """Each passage with its name and the address of its field."""
    form = admin_url(Article, "change", article.pk)
    places: Counter[str] = Counter()
    prefixes = {}
    for block in reading.draft.blocks:
        kind = f"articles_{block._meta.model_name}_set"
        prefixes[block] = f"{kind}-{places[kind]}-"
        places[kind] += 1
    return [
        {
            "name": _name(passage),
            "url": f"{form}#id_{prefixes.get(passage.row, '')}{passage.field}",
            "sentences": passage.sentences,
        }
        for passage in reading.passages
    ]


def _name(passage):
    options = passage.row._meta
    field = capfirst(str(options.get_field(passage.field).verbose_name))
    kind = capfirst(str(options.verbose_name))
    return field if passage.field == "summary" or field == kind else f"{kind}: {field}"


def _scores(article):
    now = digest(article)
    return [
        {
            "score": score,
            "result": result(score),
            "is_current": score.text_digest == now,
        }
        for score in article.self_scores.select_related("made_by", "version")
    ]


def _forms(article):
    return [
        {
            "name": instrument.name,
            "url": admin_url(Article, "self_score", article.pk, kind),
        }
        for kind, instrument in INSTRUMENTS.items()
    ]


def _words_url(user):
    if user.has_perm("articles.change_plainword"):
        return reverse("admin:articles_plainword_changelist")
    return ""
