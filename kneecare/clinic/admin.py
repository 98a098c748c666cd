from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import format_html
from phonenumber_field.modelfields import PhoneNumberField

from kneecare.clinic.leaving import waits_for
from kneecare.clinic.models import Clinic, Clinician, HelpLevel, Program, SocialLink
from kneecare.clinic.zone_form import ClinicForm
from kneecare.core.admin.ask_first import ask_first, is_sure
from kneecare.core.admin.model_admin import EditorAdmin, OneRowAdmin, PrintedAdmin
from kneecare.core.admin.urls import admin_url
from kneecare.core.fields import PhoneField
from kneecare.core.people import manages_people
from kneecare.publishing.admin.object_views import ObjectView, ObjectViewsMixin
from kneecare.publishing.admin.review import answer
from kneecare.search.admin import IndexedPageAdmin

LEAVING = [
    "Nobody is offered calls with them any more, and no form offers their name. What they wrote and signed stays.",
    "Their account still signs in: take away the tick at Active under Users if it should not.",
    "To bring them back, empty “Left on” in their form and tick “Show on the site”.",
]
UNSIGNED = 'Patients read this already, and the list is no longer what {} signed off. A clinician <a href="{}">signs it off again</a>.'


class SocialLinkInline(admin.TabularInline):
    model = SocialLink
    extra = 0


def review_help_list(clinic_admin, request, clinic):
    """The list of when to get help is signed off as a whole."""
    signable = Clinic.objects.current().help_to_sign()
    return answer(clinic_admin, request, clinic, signable, look=reverse("help"))


@admin.register(Clinic)
class ClinicAdmin(PrintedAdmin, ObjectViewsMixin, OneRowAdmin, EditorAdmin):
    form = ClinicForm
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
        """How long what is kept, on which clock calls are, where answers go, and what visitors are promised, is the owner's."""
        owners = ["time_zone", "all_saves_days", "email", "privacy"]
        return [] if manages_people(request.user) else owners

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        if form.is_bound and form.asks_about_zone:
            context["zone_change"] = form.zone_change()
        return super().render_change_form(request, context, *args, **kwargs)


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
        """Who somebody is says the owner alone: a name stands under pages, and vouches for them.

        So with whether they are shown, which offers their calls or ends that. Where their mail goes they say as well.
        """
        if manages_people(request.user):
            return []
        is_own = obj is not None and obj.account == request.user
        mail = [] if is_own else ["reminder_email"]
        return ["name", "slug", "credentials", "is_shown", *mail, "account", "archived_on"]  # fmt: skip

    def get_prepopulated_fields(self, request, obj=None):
        is_owner = manages_people(request.user)
        return super().get_prepopulated_fields(request, obj) if is_owner else {}

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
        if not is_sure(request):
            lines = [line for each in queryset for line in waits_for(each)]
            return ask_first(
                *[self, request, queryset],
                action="archive",
                title="They no longer work here?",
                lines=[*lines, *LEAVING],
                button="Yes, archive",
            )
        today = Clinic.objects.current().today
        for clinician in queryset:
            clinician.archive(on=today)
            text = f"{clinician} is archived. Nobody is offered calls with them any more; what they wrote and signed stays."
            self.message_user(request, text, messages.SUCCESS)
        return None


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

    def save_model(self, request, obj, form, change):
        """What is saved here is read at once, and no longer what was signed off."""
        signer = Clinic.objects.current().help_reviewer
        super().save_model(request, obj, form, change)
        clinic = Clinic.objects.current()
        if signer and not clinic.help_reviewer:
            url = admin_url(Clinic, clinic.review_page, clinic.pk)
            told = format_html(UNSIGNED, signer, url)
            self.message_user(request, told, messages.WARNING)


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
        (
            "What visitors ask first",
            {
                "fields": [
                    "for_whom",
                    "visit",
                    "joining",
                    "visit_length",
                    "place_and_times",
                    "price",
                ]
            },
        ),
        ("Video", {"fields": ["video_url", "video_label"]}),
        ("Publishing", {"fields": ["published_at"]}),
    ]
