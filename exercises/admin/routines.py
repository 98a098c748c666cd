from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from exercises.admin.publishing import PUBLISHING, REVIEW, FrozenPageAdmin
from exercises.models import Routine, RoutineItem

# Programs of fewer than four exercises go with better adherence (Bachmann 2018, a review of 14 studies).
MANY = 3
TOO_MANY = "This routine has {count} exercises. Patients keep up routines of up to {many} better."


class RoutineItemInline(admin.TabularInline):
    model = RoutineItem
    extra = 1
    autocomplete_fields = ["exercise"]
    fields = ["position", "exercise", "dose_here"]
    readonly_fields = ["dose_here"]

    def get_queryset(self, request):
        items = super().get_queryset(request)
        return items.select_related("exercise__stated_dose", "own_dose")

    @admin.display(description="dose in this routine")
    def dose_here(self, item):
        if item.pk is None:
            return "Save first."
        if hasattr(item, "own_dose"):
            url = reverse("admin:exercises_itemdose_change", args=[item.own_dose.pk])
            return format_html(
                '<p>{}</p><p><a href="{}">Change</a></p>', item.own_dose.sentence(), url
            )
        url = reverse("admin:exercises_itemdose_add")
        return format_html(
            '<p>As in the exercise: {}</p><p><a href="{}?item={}">Set another here</a></p>',
            item.exercise.dose.sentence(),
            url,
            item.pk,
        )


@admin.register(Routine)
class RoutineAdmin(FrozenPageAdmin):
    list_display = ["title", "is_reviewed", "is_published", "version"]
    list_filter = ["published_at", "reviewed_on"]
    search_fields = ["title", "summary"]
    inlines = [RoutineItemInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "intro"]}),
        (
            "How often",
            {"fields": [("days_per_week", "weeks"), "rest_between"]},
        ),
        (
            "Pain guide",
            {
                "description": "On a scale of 0 to 10. Published limits differ: the ones that a new routine comes "
                "with are only a start. A clinician sets them. Empty both to leave the guide out.",
                "fields": [("green_to", "amber_to")],
            },
        ),
        REVIEW,
        PUBLISHING,
    ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        count = form.instance.items.count()
        if count > MANY:
            text = TOO_MANY.format(count=count, many=MANY)
            self.message_user(request, text, messages.WARNING)
