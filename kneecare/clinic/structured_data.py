from kneecare.core.structured_data import absolute, document, node


def person(clinician):
    if clinician and not clinician.is_shown:  # nobody whom a visitor could look up
        return node("Organization", name=clinician.name)
    return clinician and node(
        "Person",
        name=clinician.name,
        honorificSuffix=clinician.credentials,
        jobTitle=clinician.role,
        url=absolute(clinician.get_absolute_url()),
    )


def medical_clinic(clinic):
    address = node(
        "PostalAddress",
        streetAddress=clinic.street,
        addressLocality=clinic.city,
        addressRegion=clinic.region,
        postalCode=clinic.postal_code,
        addressCountry=clinic.country if clinic.street else "",
    )
    return document(
        node(
            "MedicalClinic",
            name=clinic.name,
            url=absolute("/"),
            medicalSpecialty="Physiotherapy",
            telephone=clinic.phone.as_international if clinic.phone else "",
            email=clinic.email,
            address=address if clinic.street else "",
            sameAs=[link["url"] for link in clinic.social],
        )
    )


def staff(clinic, clinicians):
    """The clinic and the people who work there."""
    people = [person(clinician) for clinician in clinicians]
    return {**medical_clinic(clinic), **({"employee": people} if people else {})}


def reviewed(page):
    """What every reviewed page says of its author and its clinical review."""
    return {
        "author": person(page.author),
        "reviewedBy": person(page.reviewer),
        "lastReviewed": page.reviewed_on and page.reviewed_on.isoformat(),
    }
