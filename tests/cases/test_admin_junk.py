"""Junk that signed-in staff can type into an address, or send with a button: refused, and no fault of ours is hidden."""

import json

import pytest

from bookings.models import Booking, CallSettings
from kneecare.clinic.models import Clinician
from tests.admin_forms import filled
from tests.factories import make_booking
from tests.rows import MODELS, row_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
]
KEYS = ["x", "", "1\x00", "9" * 23, "-1", "1.5", "²"]
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda each: each._meta.label)  # fmt: skip


def list_of(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


LOOKUPS = {
    "range": "1",
    "iregex": "(a+)+$",
    "year": "9999",
    "date__year": "99999",
    "exact": "zzz",
    "gte": "9" * 23,
}


def junk(model):
    """Of each kind of column one, with every lookup: what is refused goes by the kind."""
    kinds = {type(field): field.name for field in model._meta.concrete_fields}
    for name in kinds.values():
        yield from ({f"{name}__{lookup}": value} for lookup, value in LOOKUPS.items())
    yield {"pk__range": ""}
    yield {"no_such_field": "1"}
    yield {"q": "a " * 2000}
    yield {"q": "\x01(" * 100, "o": "abc", "p": "-1", "e": "1"}


@every_model
def test_no_filter_in_an_address_fails_a_list(staff_client, model):
    row_of(model)
    failed = {}
    for query in junk(model):
        answer = staff_client.get(list_of(model), query)
        if answer.status_code not in (200, 302, 400, 403):
            failed[str(query)] = answer.status_code

    assert failed == {}


@every_model
def test_no_key_that_cannot_be_fails_an_action(staff_client, model):
    """Asked before any action is looked for, so that one stands for all."""
    row_of(model)
    failed = {}
    for key in KEYS:
        data = {"action": "delete_selected", "_selected_action": key}
        status = staff_client.post(list_of(model), data).status_code
        if status not in (200, 302, 400, 403):
            failed[key] = status

    assert failed == {}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("action", ["confirm", "decline", "no_show"])
def test_no_action_of_ours_is_reached_with_such_a_key(staff_client, action, key):
    make_booking()

    answer = staff_client.post(list_of(Booking), {"action": action, "_selected_action": key})  # fmt: skip

    assert answer.status_code in (200, 302, 400)


@every_model
def test_no_start_that_cannot_be_fails_a_new_form(staff_client, model):
    for key in ["x", "9" * 23]:
        query = {field.name: key for field in model._meta.get_fields()}
        status = staff_client.get(f"{list_of(model)}add/", query).status_code
        assert status in (200, 302, 400, 403), key


@pytest.mark.parametrize("query", ["x=1", "when=all&id__range=1", "name__regex=(", "when=all&state__exact=%00"])  # fmt: skip
@pytest.mark.parametrize("path", ["bookings/booking", "audit/auditevent"])
def test_no_filter_fails_a_file(staff_client, path, query):
    make_booking()

    assert staff_client.post(f"/admin/{path}/export/?{query}").status_code in (200, 400)


def test_a_fault_of_ours_is_still_a_fault(staff_client, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("ours")

    monkeypatch.setattr("bookings.admin.booking.timesince", broken)
    make_booking()
    staff_client.raise_request_exception = False

    assert staff_client.get(list_of(type(make_booking())) + "?when=all").status_code == 500  # fmt: skip


def test_what_lists_link_to_themselves_is_let_through(staff_client):
    make_booking()
    for path in [
        "bookings/booking/?when=all&state__exact=requested",
        "articles/article/?published_at__year=2026",
        "articles/article/?published_at__isnull=False",
        "bookings/slot/?starts_at__gte=2026-01-01T00:00:00%2B00:00",
    ]:
        assert staff_client.get(f"/admin/{path}").status_code == 200, path


@pytest.mark.parametrize("name", ["length_minutes", "horizon_days"])
@pytest.mark.parametrize("value", ["0", "-1", "9" * 25, "x"])
@pytest.mark.parametrize("button", ["_save", "_preview"])
def test_a_number_that_makes_no_sense_is_a_mistake_in_its_field(staff_client, name, value, button):  # fmt: skip
    rules = CallSettings.objects.get()
    page = f"/admin/bookings/callsettings/{rules.pk}/change/"
    data = filled(staff_client.get(page))

    answer = staff_client.post(page, data | {name: value, button: "1"})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors[name]


@pytest.mark.parametrize(
    "figure",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"view": ' + "9" * 6000 + "}",
        json.dumps({"view": "side", "poses": [{"label": "x"}] * 5000}),
        json.dumps({"view": "side", "props": ["floor"] * 5000}),
    ],
    ids=["deep list", "deep object", "long number", "many poses", "many props"],
)
def test_a_drawing_that_no_one_can_draw_is_a_mistake_in_its_field(staff_client, figure):
    page = "/admin/exercises/exercise/1/change/"
    data = filled(staff_client.get(page))

    answer = staff_client.post(page, data | {"figure": figure})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["figure"]


def test_what_the_site_itself_gives_a_new_form_stays(staff_client):
    page = staff_client.get("/admin/exercises/handout/add/?title=Mine&routine=9999x")

    initial = page.context["adminform"].form.initial
    assert initial["clinician"] == Clinician.objects.filter(name="Nick Hunter").get()
    assert initial["title"] == "Mine"


@every_model
def test_a_chosen_row_that_cannot_be_is_told_in_the_form(staff_client, model):
    """Of each field of the form, and of the rows in it, in which one chooses a row: all at once."""
    row_of(model)
    url = f"{list_of(model)}add/"
    form = staff_client.get(url)
    if form.status_code != 200:
        return
    chosen = [*_choosing(form)]

    answer = staff_client.post(url, filled(form) | dict.fromkeys(chosen, "abc"))

    assert answer.status_code in (200, 302, 403)


def _choosing(form):
    """The names of the fields in which one chooses a row."""
    rows = [
        each
        for inline in form.context["inline_admin_formsets"]
        for each in inline.formset.forms
    ]
    for each in [form.context["adminform"].form, *rows]:
        for name, field in each.fields.items():
            if getattr(field, "queryset", None) is not None:
                yield each.add_prefix(name)


@pytest.mark.parametrize("key", ["abc", "1\x00", "1e400", "NaN", "[]", " "])
def test_an_editors_choice_that_cannot_be_is_told_beside_the_field(staff_client, key):
    typed = {"title": "x", "slug": "x", "routine": key}

    answer = staff_client.post("/admin/articles/topic/add/", typed)

    assert answer.status_code == 200
    assert "Select a valid choice" in str(answer.context["adminform"].form.errors)
