"""The guide for staff, in the admin."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_front_page_of_the_admin_leads_to_the_guide(staff_client):
    assert f'href="{reverse("admin:guide")}"' in staff_client.get("/admin/").text


def test_each_task_can_be_chosen_at_the_top_and_stands_below(staff_client):
    page = staff_client.get(reverse("admin:guide")).text
    chosen = re.findall(r'<li><a href="#([^"]+)">', page)

    assert "write-an-article" in chosen
    assert re.findall(r'<h2 id="([^"]+)">', page) == chosen
    assert page.count("<h1") == 1
