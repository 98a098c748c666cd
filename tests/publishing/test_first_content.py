"""What the site starts with is stored as its forms would send it."""

import pytest

from articles.models import Article
from exercises.models import Exercise, Routine
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.models import Signature
from kneecare.publishing.reviews.signatures import sign
from tests.admin_forms import filled
from tests.factories import make_account, make_clinician

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
    pytest.mark.same_on_any_database("texts that forms send back"),
]


@pytest.mark.parametrize("kind", [Article, Exercise, Routine])
def test_a_signature_of_what_the_site_starts_with_outlasts_a_save_that_changes_nothing(
    staff_client, kind
):
    page = kind.objects.filter(published_at__isnull=False).first()
    signed = sign(
        page.version_model().shown(page).to_sign(), by=make_account(make_clinician())
    )
    url = admin_url(page)

    staff_client.post(url, filled(staff_client.get(url)))

    now = page.version_model().shown(page).to_sign()
    assert Signature.objects.holding(now).get() == signed
