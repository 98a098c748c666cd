"""A password of one's own: changed, or chosen by a link from a mail."""

from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bookings.models import CalendarFeed
from kneecare.accounts import devices, throttle
from kneecare.accounts.adapters import held_back
from kneecare.accounts.events import Event, tell
from kneecare.accounts.forms import AskForLinkForm, FirstPasswordForm, OwnPasswordForm
from kneecare.accounts.mail import links
from kneecare.accounts.models import Account, AccountMail
from kneecare.accounts.session import gate

COUNTS = "Your new password counts from now on."
FEED_ENDED = "The secret address of your calendar has ended with the old one: make a new one under “Calls in your calendar”."


def chosen(request, user):
    """``user`` has chosen a password that nobody else knows; all that the old one let somebody read has ended with it."""
    Account.objects.of(user)
    Account.objects.filter(user=user).update(password_given_at=None)
    AccountMail.objects.owe(user, AccountMail.Kind.PASSWORD_CHANGED)
    tell(Event.PASSWORD_CHANGED, request=request, user=user)
    if CalendarFeed.objects.filter(user=user).delete()[0]:
        messages.warning(request, FEED_ENDED)


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request):
    is_first = bool(request.session.get(gate.PASSWORD))
    form_class = FirstPasswordForm if is_first else OwnPasswordForm
    form = form_class(request.user, request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            user = form.save()
            chosen(request, user)
        update_session_auth_hash(request, user)
        UserSession.objects.create_from_request(request)
        gate.look(request, user)
        messages.success(request, COUNTS)
        return redirect("admin:index" if is_first else "account_sessions")
    title = "Choose a password of your own" if is_first else "Change your password"
    context = {
        **admin.site.each_context(request),
        "form": form,
        "title": title,
        "is_first": is_first,
    }
    return render(request, "admin/account/password.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request):
    form = AskForLinkForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            # Not forgiven: a link is asked for a few times, not by the hundred.
            throttle.begin(request, what="link")
        except throttle.TooManyTries as error:
            form.add_error(None, held_back(error))
        else:
            links.ask_for_reset(request, email)
            return redirect("account_link_sent")
    context = {"form": form, "title": "A link for a new password"}
    return render(request, "admin/account/link.html", context)


@never_cache
def link_sent(request):
    context = {"title": "Look into your mail"}
    return render(request, "admin/account/link_sent.html", context)


class ByLinkView(PasswordResetConfirmView):
    """Django's: the link is used once it is opened, and the page with the form has none in its URL."""

    template_name = "admin/account/by_link.html"
    success_url = reverse_lazy("account_login")
    title = "Choose a new password"

    @transaction.atomic
    def form_valid(self, form):
        before = form.user.password
        user = form.save(commit=False)
        # Of two that were opened by the same link, one is first; by then the link is over.
        same = type(user).objects.filter(pk=user.pk, password=before)
        if not same.update(password=user.password):
            self.validlink = False
            return self.render_to_response(self.get_context_data())
        self.request.session.flush()
        chosen(self.request, user)
        messages.success(self.request, f"{COUNTS} Sign in with it.")
        response = HttpResponseRedirect(str(self.success_url))
        # Whoever reads the mail of the account is no guesser.
        devices.remember(self.request, response, user.get_username())
        return response

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.is_active and user.is_staff else None


by_link = ByLinkView.as_view(token_generator=links.RESET)
invited = ByLinkView.as_view(
    token_generator=links.INVITATION,
    title="Welcome. Choose your password",
    extra_context={"is_invitation": True},
)
