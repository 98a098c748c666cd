"""In and out."""

from allauth.account.internal import flows
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.views import LoginView
from django.contrib import admin
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kneecare.accounts import kept_post
from kneecare.accounts.forms import SignInForm

# What the browser holds of the staff's pages, and what their scripts wrote down. Its cookies stay: the session's is
# void, and the mark of the device is what keeps a guesser apart from its owner.
CLEARED = '"cache", "storage"'


class SignInView(LoginView):
    form_class = SignInForm
    template_name = "admin/login.html"

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and request.user.is_authenticated:
            # They have signed in elsewhere meanwhile: what came along is theirs to send.
            kept_post.keep(request, self.get_success_url())
            if kept_post.is_waiting(request):
                return redirect("account_kept")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        url = self.get_success_url()
        kept_post.keep(self.request, url)
        login = Login(user=form.get_user(), redirect_url=url)
        return flows.login.perform_password_login(self.request, {}, login)

    def get_context_data(self, **kwargs):
        return {
            **admin.site.each_context(self.request),
            "title": "Sign in",
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
            "kept_words": self.request.POST.get(kept_post.FIELD, ""),
            **super().get_context_data(**kwargs),
        }


def ask_to_sign_in(request, *args, **kwargs):
    """In the place of a page whose form was sent when the session had ended: the sign-in, with what was sent."""
    clear_login(request)
    view = SignInView()
    view.setup(request)
    context = view.get_context_data(
        form=SignInForm(request),
        next=request.get_full_path(),
        kept_words=kept_post.packed(request),
        has_files=bool(request.FILES),
    )
    response = render(request, SignInView.template_name, context, status=403)
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
