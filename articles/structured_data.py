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
