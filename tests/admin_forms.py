import re

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import User
from django.db.models.fields.files import FieldFile
from django.test import RequestFactory

from kneecare.core.admin.urls import admin_url


def filled(response):
    """What a browser would send of the admin's form on this page, before anybody has typed."""
    context = response.context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(form for each in formsets for form in each)]
    data = {}
    for bound in (bound for form in forms for bound in form):
        value = bound.value()
        if isinstance(value, FieldFile):
            continue  # a browser sends no file that is there already
        if value is not None and value is not False:
            data[bound.html_name] = value
        if bound.field.show_hidden_initial:
            data[bound.html_initial_name] = value
    for formset in formsets:
        data |= {bound.html_name: bound.value() for bound in formset.management_form}
    carried = {"seen": context.get("seen"), "seen_state": context.get("seen_state")}
    return data | {name: value for name, value in carried.items() if value is not None}


def seen(page):
    """What the form of a page that is kept by version, and its plan, carry along when they are opened now."""
    rows = type(page)._base_manager.filter(pk=page.pk)
    return {"seen": rows.values_list("revision", flat=True).get()}


def seen_state(row):
    """What the form of ``row`` carries along when it is opened now."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    options, row = (
        admin.site._registry[type(row)],
        type(row)._base_manager.get(pk=row.pk),
    )
    names = flatten_fieldsets(options.get_fieldsets(request, row))
    form = options.get_form(request, row, change=True, fields=names)
    return form(instance=row).seen_state


def ticked(client, *rows):
    """What a browser would send of the admin's list with these rows ticked, but for the action."""
    page = client.get(admin_url(type(rows[0]), "changelist"))
    shown = re.findall(r'name="(seen-\d+)" value="([^"]*)"', page.text)
    return {"_selected_action": [row.pk for row in rows], **dict(shown)}
