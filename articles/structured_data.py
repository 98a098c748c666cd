from kneecare.clinic.structured_data import reviewed
from kneecare.core.structured_data import absolute, document, node


def medical_web_page(article, publication):
    return document(
        node(
            "MedicalWebPage",
            headline=publication.title,
            name=publication.title,
            description=publication.summary,
            url=absolute(article.get_absolute_url()),
            inLanguage="en-US",
            datePublished=article.published_at and article.published_at.isoformat(),
            dateModified=publication.made_at and publication.made_at.isoformat(),
            audience=node("MedicalAudience", audienceType="Patient"),
            **reviewed(publication),
        )
    )


def as_served(article, publication):
    """What the version says of itself, with what is not the version's but the article's: address, first day, people."""
    frozen = publication.structured_data or medical_web_page(article, publication)
    now = medical_web_page(article, publication)
    current = ["url", "datePublished", "author", "reviewedBy"]
    return {**frozen, **{name: now[name] for name in current if name in now}}
