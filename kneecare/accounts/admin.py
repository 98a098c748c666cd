from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.utils import timezone

from kneecare.accounts.events import Event, tell
from kneecare.accounts.forms import unique_email
from kneecare.accounts.mail import links
from kneecare.accounts.models import Account, AccountMail, SignInSettings
from kneecare.accounts.session import gate
from kneecare.core.admin.ask_first import ask_first, is_sure
from kneecare.core.admin.model_admin import OneRowAdmin

User = get_user_model()
Kind = AccountMail.Kind


NO_GROUP = "Choose at least one group: without one they could open nothing."
DID = "Things that they did here, in the histories: {}"
ALONE = "Until they set a new one up, whoever knows the password signs in."
ASK_THEM = "Speak with them first, in person or by a phone number that you know: this is what a thief would ask for."


def changeable(request, people):
    """Who of ``people`` is this one's to change: who may do everything is changed by their like alone."""
    return people if request.user.is_superuser else people.filter(is_superuser=False)


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email"]

    def clean_email(self):
        email = self.cleaned_data["email"]
        return email and unique_email(email, besides=self.instance)


class InvitationForm(PersonForm):
    """No password is typed for another: the invitation leads to a page where they choose their own."""

    email = forms.EmailField(label="E-mail", help_text="The invitation goes there.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].required = True
        self.fields["groups"].error_messages["required"] = NO_GROUP

    def clean_username(self):
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError("Somebody has this user name.")
        return username


admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "is_active", "second_step"]
    list_filter = ["is_active", "groups", "is_superuser"]
    form = PersonForm
    instead = "Take away the tick at “Active” instead"
    add_form = InvitationForm
    add_form_template = None
    actions = ["send_link", "remove_second_step"]
    readonly_fields = ["last_login", "date_joined", "second_step", "last_link"]
    fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email"]}),
        (
            "Rights",
            {
                "fields": [
                    "is_active",
                    "is_staff",
                    "groups",
                    "is_superuser",
                    "user_permissions",
                ]
            },
        ),
        (
            "Sign-in",
            {"fields": ["second_step", "last_link", "last_login", "date_joined"]},
        ),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["username", "first_name", "last_name", "email", "groups"],
                "description": "They get a mail with a link, and choose their password themselves.",
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        """An owner gives the rights of the groups; all rights at once, and a single one, are the first account's to give."""
        fixed = (
            [] if request.user.is_superuser else ["is_superuser", "user_permissions"]
        )
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_change_permission(self, request, obj=None):
        """Who may do everything is nobody's to change who may not: a link to its mailbox would be a way in."""
        is_above = (
            obj is not None and obj.is_superuser and not request.user.is_superuser
        )
        return not is_above and super().has_change_permission(request, obj)

    def get_urls(self):
        # Without Django's page on which one person types the password of another.
        return super(UserAdmin, self).get_urls()

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("authenticator_set")

    def get_deleted_objects(self, objs, request):
        """Whoever has done something here stays: the lines that tell of it would go with them."""
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        did = LogEntry.objects.filter(user__in=objs).count()
        return rows, counts, missing, [*protected, *([DID.format(did)] if did else [])]

    @admin.display(boolean=True, description="second step")
    def second_step(self, user):
        return any(each.type in gate.SECOND_STEPS for each in user.authenticator_set.all())  # fmt: skip

    @admin.display(description="last link sent", empty_value="none")
    def last_link(self, user):
        sent = user.account_mails.filter(
            kind__in=[Kind.INVITATION, Kind.PASSWORD_RESET]
        )
        mail = sent.first()
        return mail and f"{mail.get_kind_display()}: {mail.get_state_display()}"

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            links.invite(request, obj)
            messages.info(request, f"An invitation is on its way to {obj.email}.")
            return
        before = User.objects.get(pk=obj.pk).email
        super().save_model(request, obj, form, change)
        if before and before != obj.email:
            AccountMail.objects.owe(obj, Kind.EMAIL_CHANGED, to=before)

    @admin.action(
        description="Send a link to choose a password", permissions=["change"]
    )
    def send_link(self, request, queryset):
        queryset = changeable(request, queryset)
        for user in queryset.filter(is_active=True).exclude(email=""):
            links.invite(request, user)
            self.message_user(request, f"A link is on its way to {user.email}.")
        for user in queryset.filter(email=""):
            told = f"“{user}” has no e-mail. Enter one first."
            self.message_user(request, told, messages.WARNING)

    @admin.action(
        description="Remove the second step (a lost phone)", permissions=["change"]
    )
    def remove_second_step(self, request, queryset):
        """For who lost the phone and the codes. They are asked for a new one as if for the first time."""
        if not is_sure(request):
            return ask_first(
                *[self, request, queryset],
                action="remove_second_step",
                title="Remove the second step?",
                lines=[ALONE, ASK_THEM],
                button="Yes, remove it",
            )
        for user in changeable(request, queryset):
            if Authenticator.objects.filter(user=user).delete()[0]:
                rows = Account.objects.filter(user=user)
                rows.update(second_step_asked_at=timezone.now())
                AccountMail.objects.owe(
                    user, Kind.SECOND_STEP, about="It was removed by the clinic."
                )
                tell(Event.SECOND_STEP_CHANGED, request=request, user=user)
                told = f"“{user}” signs in with the password alone now."
                self.message_user(request, told, messages.WARNING)
        return None


@admin.register(SignInSettings)
class SignInSettingsAdmin(OneRowAdmin):
    list_display = ["__str__", "idle_minutes", "second_step_grace_days"]
    fields = ["idle_minutes", "second_step_grace_days"]

    def has_add_permission(self, request):
        return False  # a migration has made the one row


# allauth's own pages would show what is somebody's alone, such as where they are signed in.
admin.site.unregister([Authenticator, EmailAddress, UserSession])
