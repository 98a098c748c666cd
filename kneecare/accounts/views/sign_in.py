"""In and out."""

from allauth.account.internal import flows
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import admin, messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views import View
from django.views import csrf as defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kneecare.accounts.events import Event, tell
from kneecare.accounts.forms import SignInForm
from kneecare.accounts.session import kept_post

# What the browser holds of the staff's pages, and what their scripts wrote down. Its cookies stay: the session's is
# void, and the mark of the device is what keeps a guesser apart from its owner.
CLEARED = '"cache", "storage"'
NO_PASSKEY = "This passkey signs nobody in here. Use another, or your password."


class KeepsWordsMixin(View):
    """What was sent too late goes with the sign-in, whichever way it is done."""

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and request.user.is_authenticated:
            # They have signed in elsewhere meanwhile: what came along is theirs to send.
            self.keep()
            if kept_post.is_waiting(request):
                return redirect("account_kept")
        return super().dispatch(request, *args, **kwargs)

    def keep(self):
        """Returns where to go from here."""
        url = get_next_redirect_url(self.request)
        kept_post.keep(self.request, url)
        return url


class SignInView(KeepsWordsMixin, LoginView):
    form_class = SignInForm
    template_name = "admin/login.html"

    def form_valid(self, form):
        login = Login(user=form.get_user(), redirect_url=self.keep())
        return flows.login.perform_password_login(self.request, {}, login)

    def get_context_data(self, **kwargs):
        return {
            **admin.site.each_context(self.request),
            "title": "Sign in",
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
            "kept_words": self.request.POST.get(kept_post.FIELD, ""),
            **super().get_context_data(**kwargs),
        }


class PasskeyView(KeepsWordsMixin, LoginWebAuthnView):
    def form_valid(self, form):
        key = form.cleaned_data["credential"]
        login = Login(user=key.user, redirect_url=self.keep())
        return perform_passwordless_login(self.request, key, login)

    def form_invalid(self, form):
        tell(Event.PASSKEY_FAILED, request=self.request)
        messages.error(self.request, NO_PASSKEY)
        return _page(self.request)


def ask_to_sign_in(request, *args, **kwargs):
    """In the place of a page whose form was sent when the session had ended: the sign-in, with what was sent."""
    clear_login(request)
    return _page(
        request,
        next=request.get_full_path(),
        kept_words=kept_post.packed(request),
        has_files=bool(request.FILES),
        status=403,
    )


def csrf_failure(request, reason=""):
    """The key of a form is void: so it is after a sign-in in another window, and then what was typed is kept.

    Only where the browser says that a page of ours sent it: what another site made up is kept for nobody.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not is_ours or not request.path.startswith(reverse("admin:index")):
        return defaults.csrf_failure(request, reason)
    if request.path == reverse("account_login"):
        return _after_another_sign_in(request)
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    kept_post.put(request, kept_post.packed(request), request.get_full_path())
    return redirect("account_kept")


def _after_another_sign_in(request):
    if request.user.is_authenticated:
        kept_post.keep(request, get_next_redirect_url(request))
        return redirect("account_kept")
    return _page(request, status=403)


def _page(request, *, status=200, **context):
    view = SignInView()
    view.setup(request)
    context = view.get_context_data(form=SignInForm(request), **context)
    response = render(request, SignInView.template_name, context, status=status)
    add_never_cache_headers(response)
    return response


@never_cache
@require_POST
def sign_out(request):
    """Also out of a sign-in that waits for its second step."""
    flows.logout.logout(request, show_message=False)
    request.session.flush()
    response = redirect("account_signed_out")
    response["Clear-Site-Data"] = CLEARED
    return response


@never_cache
@require_safe
def signed_out(request):
    return render(request, "admin/account/signed_out.html", {"title": "Signed out"})
