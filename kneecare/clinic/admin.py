from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.urls import reverse
from phonenumber_field.modelfields import PhoneNumberField

from kneecare.clinic.models import Clinic, Clinician, HelpLevel, Program, SocialLink
from kneecare.core.admin.model_admin import EditorAdmin, OneRowAdmin, PrintedAdmin
from kneecare.core.fields import PhoneField
from kneecare.core.people import manages_people
from kneecare.publishing.admin.object_views import ObjectView, ObjectViewsMixin
from kneecare.publishing.admin.review import answer
from kneecare.search.admin import IndexedPageAdmin


class SocialLinkInline(admin.TabularInline):
    model = SocialLink
    extra = 0


def review_help_list(clinic_admin, request, clinic):
    """The list of when to get help is signed off as a whole."""
    signable = Clinic.objects.current().help_to_sign()
    return answer(clinic_admin, request, clinic, signable, look=reverse("help"))


@admin.register(Clinic)
class ClinicAdmin(PrintedAdmin, ObjectViewsMixin, OneRowAdmin, EditorAdmin):
    object_views = [ObjectView("review/", review_help_list)]
    drawn_fields = ["name"]
    list_display = ["name", "phone", "email", "time_zone"]
    formfield_overrides = {PhoneNumberField: {"form_class": PhoneField}}
    inlines = [SocialLinkInline]
    fieldsets = [
        (None, {"fields": ["name", "tagline", "about"]}),
        (
            "How to reach us",
            {
                "description": "What is empty is not shown anywhere.",
                "fields": [
                    "phone",
                    "email",
                    "street",
                    "city",
                    "region",
                    "postal_code",
                    "country",
                    "hours",
                ],
            },
        ),
        ("Calls", {"fields": ["time_zone"]}),
        ("Privacy", {"fields": ["privacy"]}),
        ("History of pages", {"fields": ["all_saves_days"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """How long what is kept is the owner's."""
        return [] if manages_people(request.user) else ["all_saves_days"]


class ClinicianForm(forms.ModelForm):
    def clean(self):
        super().clean()
        if self.cleaned_data.get("archived_on"):
            self.cleaned_data["is_shown"] = False
        return self.cleaned_data


@admin.register(Clinician)
class ClinicianAdmin(PrintedAdmin, EditorAdmin):
    """Who somebody is says the owner: the account, the name that it signs with, and that they have left."""

    form = ClinicianForm
    instead = "Archive them instead, by the day on which they left"
    drawn_fields = ["name"]
    list_display = ["name", "credentials", "role", "position", "is_shown", "signs"]
    list_editable = ["position"]
    list_filter = ["is_shown", ("archived_on", admin.EmptyFieldListFilter)]
    list_select_related = ["account"]
    actions = ["archive"]
    search_fields = ["name", "role"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "credentials", "role"]}),
        ("About", {"fields": ["intro", "bio", "education"]}),
        ("Portrait", {"fields": ["portrait", "focus_x", "focus_y"]}),
        ("On the site", {"fields": ["position", "is_shown"]}),
        ("Reminders", {"fields": ["reminder_email"]}),
        ("Account", {"fields": ["account", "archived_on"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        if manages_people(request.user):
            return []
        is_theirs = obj is not None and obj.account_id is not None
        signs_with = ["name", "credentials"] if is_theirs else []
        return ["account", "archived_on", *signs_with]

    def get_prepopulated_fields(self, request, obj=None):
        is_fixed = "name" in self.get_readonly_fields(request, obj)
        return {} if is_fixed else super().get_prepopulated_fields(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "account":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_search_results(self, request, queryset, search_term):
        """Who has left is found in the list, and offered in no field of a form."""
        if request.path.endswith("/autocomplete/"):
            queryset = queryset & Clinician.objects.offered()
        return super().get_search_results(request, queryset, search_term)

    @admin.display(boolean=True, description="can sign")
    def signs(self, clinician):
        return clinician.can_sign

    def has_archive_permission(self, request):
        return manages_people(request.user)

    @admin.action(description="Archive: they no longer work here", permissions=["archive"])  # fmt: skip
    def archive(self, request, queryset):
        today = Clinic.objects.current().today
        for clinician in queryset:
            clinician.archive(on=today)
            text = f"{clinician} is archived. Nobody is offered calls with them any more; what they wrote and signed stays."
            self.message_user(request, text, messages.SUCCESS)


@admin.register(HelpLevel)
class HelpLevelAdmin(PrintedAdmin):
    """The levels are three; staff change what they say."""

    list_display = ["level", "heading", "advice"]
    search_fields = ["heading", "signs"]
    list_filter = ["level"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and HelpLevel.objects.count() < len(
            HelpLevel.Level
        )

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["level"] if obj else []


@admin.register(Program)
class ProgramAdmin(IndexedPageAdmin, EditorAdmin):
    list_display = ["title", "action_label", "position", "is_published"]
    list_editable = ["position"]
    search_fields = ["title", "summary"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    "summary",
                    "body",
                    "action_label",
                    "position",
                ]
            },
        ),
        ("Video", {"fields": ["video_url", "video_label"]}),
        ("Publishing", {"fields": ["published_at"]}),
    ]
