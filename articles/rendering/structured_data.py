"""What an article says of itself to machines, in the words of schema.org."""

from kneecare.clinic.structured_data import reviewed
from kneecare.core.structured_data import (
    absolute,
    breadcrumbs,
    document,
    language_tag,
    node,
)
from kneecare.core.text.html import plain_lines
from kneecare.media.names import social_picture

LIST = ("Articles", "/articles/")


def medical_web_page(article, version):
    address = article.get_absolute_url()
    questions = [_question(block) for block in _all(version, "question")]
    page = node(
        "MedicalWebPage",
        headline=version.title,
        name=version.title,
        description=version.summary,
        url=absolute(address),
        inLanguage=language_tag(version.language),
        datePublished=article.published_at and article.published_at.isoformat(),
        dateModified=version.made_at and version.made_at.isoformat(),
        audience=node("MedicalAudience", audienceType="Patient"),
        image=[absolute(f"{address}picture.png"), *picture_urls(version)],
        citation=[_citation(each) for each in version.references],
        breadcrumb=breadcrumbs(LIST, (version.title, address)),
        mainEntity=questions,
        **reviewed(version),
    )
    kinds = ["MedicalWebPage", "FAQPage"] if questions else "MedicalWebPage"
    return document({**page, "@type": kinds})


def topic_page(topic):
    address = topic.get_absolute_url()
    return document(
        node(
            "CollectionPage",
            name=topic.title,
            description=topic.summary,
            url=absolute(address),
            breadcrumb=breadcrumbs(LIST, (topic.title, address)),
        )
    )


def picture_urls(version):
    """The whole addresses of the pictures in a version."""
    return [absolute(social_picture(block)["path"]) for block in _all(version, "image")]


def _all(version, kind):
    return [block for block in version.blocks if block["type"] == kind]


def _question(block):
    answer = node("Answer", text=plain_lines(block["answer"]))
    return node("Question", name=block["question"], acceptedAnswer=answer)


def _citation(reference):
    publisher = reference["publisher"]
    return node(
        "CreativeWork",
        name=reference["title"],
        creditText=reference["authors"],
        publisher=publisher and node("Organization", name=publisher),
        datePublished=str(reference["year"] or ""),
        url=reference["url"],
    )
