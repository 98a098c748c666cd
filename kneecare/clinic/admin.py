from django.contrib import admin
from phonenumber_field.modelfields import PhoneNumberField

from kneecare.clinic.models import Clinic, Clinician, HelpLevel, Program, SocialLink
from kneecare.core.admin.model_admin import EditorAdmin, OneRowAdmin, PrintedAdmin
from kneecare.core.fields import PhoneField
from kneecare.search.admin import IndexedPageAdmin


class SocialLinkInline(admin.TabularInline):
    model = SocialLink
    extra = 0


@admin.register(Clinic)
class ClinicAdmin(PrintedAdmin, OneRowAdmin, EditorAdmin):
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
        ("When to get help", {"fields": ["help_reviewer", "help_reviewed_on"]}),
        ("Privacy", {"fields": ["privacy"]}),
        ("History of pages", {"fields": ["all_saves_days"]}),
    ]


@admin.register(Clinician)
class ClinicianAdmin(PrintedAdmin, EditorAdmin):
    drawn_fields = ["name"]
    list_display = ["name", "credentials", "role", "position", "is_shown"]
    list_editable = ["position"]
    list_filter = ["is_shown"]
    search_fields = ["name", "role"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "credentials", "role"]}),
        ("About", {"fields": ["intro", "bio", "education"]}),
        ("Portrait", {"fields": ["portrait", "focus_x", "focus_y"]}),
        ("On the site", {"fields": ["position", "is_shown"]}),
        ("Reminders", {"fields": ["reminder_email"]}),
    ]


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
