"""What an address or a button of the admin names and nothing there can be: refused, or left out, before it is asked for.

Only what the request brought is judged here, so that a fault of ours is still a fault.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

# What the links of lists and filters ask for. Others, such as a pattern, cost what their writer likes.
LOOKUPS = {"exact", "in", "isnull", "gt", "gte", "lt", "lte", "year", "month", "day"}
YEARS = range(1900, 2200)
MOST_WORDS, LONGEST_SEARCH = 20, 200
NO_ROW = "0"


class RefusesJunk(ModelAdmin):
    """Each admin class of the site becomes one of these as it is registered: see ``ClinicAdminSite``."""

    def lookup_allowed(
        self, lookup: str, value: Any, request: HttpRequest | None = None
    ) -> bool:
        asked = _lookups(self.model, lookup)
        if asked == [lookup]:  # no field of ours: the name of a filter, or nothing
            asked = []
        if not LOOKUPS.issuperset(asked) or ("year" in asked and not _is_year(value)):
            return False
        return super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        words = search_term[:LONGEST_SEARCH].split(" ")[:MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))

    def response_action(
        self, request: Any, queryset: Any, *args: Any, **kwargs: Any
    ) -> Any:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(_can_be(self.opts.pk, key) for key in chosen):
            raise BadRequest("A chosen row cannot be.")
        return super().response_action(request, queryset, *args, **kwargs)

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "POST":
            models = [self.model, *(inline.model for inline in self.inlines)]
            request.POST = _with_keys_that_can_be(request.POST, models)
        return super().changeform_view(request, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the URL gives for a new form, without what its fields could not hold."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        typed = {name: value for name, value in given.items() if name in request.GET}
        ours = {name: value for name, value in given.items() if name not in typed}
        return {**ours, **dict(_that_can_be(self.model, typed))}


def listed(model_admin: ModelAdmin, request: HttpRequest) -> QuerySet[Any]:
    """The rows that the list shows for the filters in the URL; ``BadRequest`` for filters that cannot be."""
    try:
        rows: QuerySet[Any] = model_admin.get_changelist_instance(request).queryset
    except IncorrectLookupParameters as error:
        raise BadRequest("A filter cannot be.") from error
    return rows


def _lookups(model: Any, lookup: str) -> list[str]:
    """What ``lookup`` asks of the field that it leads to: ``["year"]`` for ``article__published_at__year``."""
    parts = lookup.split("__")
    while parts and (field := _field(model, parts[0])):
        model = field.related_model or model
        parts.pop(0)
    return parts


def _field(model: type[Model], name: str) -> Any:
    try:
        return model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _is_year(value: Any) -> bool:
    texts = value if isinstance(value, list) else [value]
    return all(str(each).isdecimal() and int(str(each)[:9]) in YEARS for each in texts)


def _that_can_be(
    model: type[Model], given: dict[str, Any]
) -> Iterator[tuple[str, Any]]:
    for name, value in given.items():
        field = _field(model, name)
        if field is None:
            yield name, value
        elif field.is_relation:
            keys = value if isinstance(value, list) else [value]
            if all(_can_be(field.related_model._meta.pk, key) for key in keys):
                yield name, value
        else:
            with suppress(ValidationError, ValueError):
                yield name, field.to_python(value)


def _with_keys_that_can_be(posted: Any, models: list[Any]) -> Any:
    """What was sent, with a key of no row where a row is chosen by what no key can be: the form then says so."""
    keys = {
        field.name: field.related_model._meta.pk
        for model in models
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.is_relation
    }
    posted = posted.copy()
    for name in posted:
        if pk := keys.get(name.rpartition("-")[2]):
            chosen = posted.getlist(name)
            posted.setlist(
                name, [NO_ROW if _is_junk(pk, key) else key for key in chosen]
            )
    return posted


def _is_junk(pk: Any, key: str) -> bool:
    return key != "" and not _can_be(pk, key)


def _can_be(pk: Any, key: Any) -> bool:
    """Whether a row can have ``key``: one of another kind, or beyond what the column holds, it cannot."""
    try:
        pk.run_validators(pk.to_python(key))
    except (ValidationError, ValueError):
        return False
    return bool(key != "")
