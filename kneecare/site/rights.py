"""Who may do what, for the owner to read: made from the models of the admin and from the permissions themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from kneecare.core.people import manages_people, name_of
from kneecare.publishing.reviews.signatures import RIGHT, signer_of

VERBS = {"view": "see", "add": "add", "change": "change", "delete": "delete"}
SIGN = "sign clinical reviews, doses and handouts, as oneself"
NOTHING = "nothing"


@dataclass(frozen=True)
class Subject:
    """What there is a right to, in plain words, and the permission for each verb that means something there."""

    name: str
    rights: dict[str, str]

    def words(self, held: set[str]) -> str:
        """What somebody with the permissions ``held`` may do with it."""
        verbs = [verb for verb, right in self.rights.items() if right in held]
        return ", ".join(verbs) or NOTHING


@require_safe
def rights(request: Any, site: Any) -> TemplateResponse:
    if not manages_people(request.user):
        raise PermissionDenied
    subjects = [*_models(request, site), Subject("Signatures", {SIGN: RIGHT})]
    groups = Group.objects.order_by("pk").prefetch_related("permissions__content_type")
    held = [_held(group.permissions.all()) for group in groups]
    context = site.each_context(request) | {
        "groups": groups,
        "rows": [(each.name, [each.words(some) for some in held]) for each in subjects],
        "accounts": [_account(user, subjects) for user in _staff()],
    }
    return TemplateResponse(request, "admin/rights.html", context)


def _models(request: Any, site: Any) -> Iterable[Subject]:
    """The models of the admin; a verb that is nobody's, as on what the site writes itself, is left out.

    An admin whose buttons do more than forms can says so in its ``further_rights``: the verb, and the permission for it.
    """
    for model, admin in sorted(site._registry.items(), key=lambda each: _name(each[0])):
        options = model._meta
        yield Subject(
            _name(model),
            {
                word: f"{options.app_label}.{verb}_{options.model_name}"
                for verb, word in VERBS.items()
                if getattr(admin, f"has_{verb}_permission")(request)
            }
            | getattr(admin, "further_rights", {}),
        )


def _name(model: Any) -> str:
    name = str(model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


def _held(permissions: Iterable[Permission]) -> set[str]:
    return {f"{each.content_type.app_label}.{each.codename}" for each in permissions}


def _staff() -> Iterable[Any]:
    people = get_user_model().objects.filter(is_staff=True)
    related = people.select_related("clinician__account")
    return related.prefetch_related("groups", "user_permissions__content_type")


def _account(user: Any, subjects: list[Subject]) -> dict[str, Any]:
    own = _held(user.user_permissions.all())
    found = [(each.name, each.words(own)) for each in subjects]
    return {
        "user": user,
        "name": name_of(user),
        "groups": [group.name for group in user.groups.all()],
        "signs_as": signer_of(user) if user.is_active else None,
        "besides": [f"{name}: {words}" for name, words in found if words != NOTHING],
    }
