"""What a version of an article holds: all of its working copy, so that no later edit of anything changes it."""

from content_editor.contents import contents_for_item

from articles import structured_data
from articles.embeds import dosed, frozen_cards
from articles.models import (
    BLOCKS,
    Article,
    ArticleVersion,
    ArticleFile,
)
from articles.rendering import addresses_now, rendered
from kneecare.core.html import plain_text
from kneecare.media.blocks import file_names, picture_names
from kneecare.media.models import Picture
from kneecare.publishing.models import Reviewed
from kneecare.publishing.snapshots import fields_of, parts_of, stored
from kneecare.publishing.versions import NOT_KEPT

OF_ARTICLES = {"planned", "goes_live_at", "comes_down_at", "preview_round"}
FIELDS = [
    field.name
    for field in [*Article._meta.concrete_fields, *Article._meta.many_to_many]
    if field.name not in NOT_KEPT | OF_ARTICLES
]
REVIEW = [field.attname for field in Reviewed._meta.fields]
CARDS = {"exercise", "routine"}


def freeze(article):
    """The working copy of ``article``, as the database has it, as a version that is not stored and has no number yet."""
    article = Article.objects.with_people().get(pk=article.pk)
    parts = contents_for_item(article, BLOCKS).main
    version = ArticleVersion(
        article=article,
        revision=article.revision,
        title=article.title,
        summary=article.summary,
        language=article.language,
        references=[each.snapshot() for each in article.references.all()],
        blocks=stored([part.snapshot() for part in parts]),
        source={
            "article": fields_of(article, FIELDS),
            "parts": parts_of([*parts, *article.references.all()]),
        },
        **{name: getattr(article, name) for name in REVIEW},
    )
    version.cards = stored(frozen_cards(version.blocks))
    version.rendered = rendered(version, addresses_now(version))
    version.search_text = _search_text(version)
    version.structured_data = structured_data.medical_web_page(article, version)
    return version


def store(version, *, by, note="", number=None):
    """Store what ``freeze`` made; with a ``number`` it is one for patients. Raises ``IntegrityError`` for a taken number."""
    version.number = number
    version.note = note
    version.sign(by).save()
    fields = version.source["article"]
    version.topics.set(fields["topics"])
    version.related.set(fields["related"])
    version.exercises.set(int(pk) for pk in version.cards["exercise"])
    version.routines.set(int(pk) for pk in version.cards["routine"])
    version.dosed.set(dosed(version.cards))
    version.files.bulk_create(_files(version))
    version.pictures.set(Picture.objects.filter(name__in=picture_names(version.blocks)))
    return version


def _files(version):
    return [
        ArticleFile(version=version, name=name) for name in file_names(version.blocks)
    ]


def keep(article, *, by, note=""):
    """Keep the working copy as it is now, unless the last version holds just that; return the version that does."""
    state = freeze(article)
    last = article.versions.order_by("made_at", "pk").last()
    if last and last.source == state.source and last.revision == state.revision:
        return last
    return store(state, by=by, note=note)


def _search_text(version):
    """The words of the article itself: an exercise in it is found by its own page, as long as it is published."""
    blocks = zip(version.blocks, version.rendered, strict=True)
    html = " ".join(html for block, html in blocks if block["type"] not in CARDS)
    return plain_text(html.replace("<", " <"))
