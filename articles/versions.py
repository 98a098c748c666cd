"""What a version of an article holds: all of its working copy, so that no later edit of anything changes it."""

from content_editor.contents import contents_for_item

from articles import structured_data
from articles.embeds import dosed, frozen_cards
from articles.models import (
    BLOCKS,
    Article,
    ArticlePublication,
    PublicationFile,
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
    publication = ArticlePublication(
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
    publication.cards = stored(frozen_cards(publication.blocks))
    publication.rendered = rendered(publication, addresses_now(publication))
    publication.search_text = _search_text(publication)
    publication.structured_data = structured_data.medical_web_page(article, publication)
    return publication


def store(publication, *, by, note="", number=None):
    """Store what ``freeze`` made; with a ``number`` it is one for patients. Raises ``IntegrityError`` for a taken number."""
    publication.number = number
    publication.note = note
    publication.sign(by).save()
    fields = publication.source["article"]
    publication.topics.set(fields["topics"])
    publication.related.set(fields["related"])
    publication.exercises.set(int(pk) for pk in publication.cards["exercise"])
    publication.routines.set(int(pk) for pk in publication.cards["routine"])
    publication.dosed.set(dosed(publication.cards))
    publication.files.bulk_create(_files(publication))
    publication.pictures.set(
        Picture.objects.filter(name__in=picture_names(publication.blocks))
    )
    return publication


def _files(publication):
    return [
        PublicationFile(publication=publication, name=name)
        for name in file_names(publication.blocks)
    ]


def keep(article, *, by, note=""):
    """Keep the working copy as it is now, unless the last version holds just that; return the version that does."""
    state = freeze(article)
    last = article.publications.order_by("made_at", "pk").last()
    if last and last.source == state.source and last.revision == state.revision:
        return last
    return store(state, by=by, note=note)


def _search_text(publication):
    """The words of the article itself: an exercise in it is found by its own page, as long as it is published."""
    blocks = zip(publication.blocks, publication.rendered, strict=True)
    html = " ".join(html for block, html in blocks if block["type"] not in CARDS)
    return plain_text(html.replace("<", " <"))
