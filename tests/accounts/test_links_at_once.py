"""One link for a password, opened by several at once: one of them chooses it."""

import pytest
from django.test import Client

from tests.accounts.signing_in import PASSWORD, from_network
from tests.accounts.test_passwords import asked_for_link, open_link
from tests.at_once import WINNER, at_once

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = 4


def test_of_several_who_send_the_form_of_one_link_at_once_one_chooses_the_password(
    django_user_model,
):
    nora = django_user_model.objects.create_user(
        "nora", email="nora@example.com", password=PASSWORD, is_staff=True
    )
    link = asked_for_link(Client())
    chosen = []

    def choose(number):
        client, password = from_network(number), f"the-password-of-number-{number}"
        page = open_link(client, link).request["PATH_INFO"]

        def call():
            typed = {"new_password1": password, "new_password2": password}
            if client.post(page, typed).status_code == 302:
                chosen.append(password)

        return call

    assert at_once(*[choose(number) for number in range(OPEN)]) == {WINNER: OPEN}

    nora.refresh_from_db()
    assert len(chosen) == 1
    assert nora.check_password(chosen[0])
