"""Signing in, and one's own account. allauth knows its pages by these names; those of it that we do not need are not here."""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from kneecare.accounts.views import passwords, second_step, sessions, sign_in
from kneecare.core.clock import on_clinic_clock


def page(route, view, name):
    return path(route, never_cache(view), name=name)


def of_allauth(view_class, template, title, **more):
    return view_class.as_view(
        template_name=f"admin/account/{template}.html",
        extra_context={"title": title, **more},
    )


AGAIN = "Is it you?"
second_steps = on_clinic_clock(second_step.SecondStepView.as_view())
to_second_step = RedirectView.as_view(pattern_name="mfa_index")
add_passkey = second_step.AddPasskeyView.as_view()
code = second_step.CodeView.as_view()
again = of_allauth(ReauthenticateView, "again", AGAIN)
again_by_code = of_allauth(mfa.ReauthenticateView, "again", AGAIN)
again_by_passkey = of_allauth(webauthn.ReauthenticateWebAuthnView, "again", AGAIN)
app = of_allauth(totp.ActivateTOTPView, "app", "Add an authenticator app")
remove_app = of_allauth(
    totp.DeactivateTOTPView,
    "confirm",
    "Remove the authenticator app?",
    words="Its codes are void at once. If it is your only second step, your recovery codes go with it.",
    button="Remove it",
)
remove_passkey = of_allauth(
    webauthn.RemoveWebAuthnView,
    "confirm",
    "Remove this passkey?",
    words="It no longer signs you in. If it is your only second step, your recovery codes go with it.",
    button="Remove it",
)
codes = of_allauth(
    recovery_codes.ViewRecoveryCodesView, "recovery_codes", "Your recovery codes"
)
new_recovery_codes = of_allauth(
    recovery_codes.GenerateRecoveryCodesView,
    "confirm",
    "Make new recovery codes?",
    words="The codes that you have now are void at once.",
    button="Make new codes",
)

urlpatterns = [
    page("", sessions.index, "account_sessions"),
    page("sessions/<int:pk>/end/", sessions.end, "account_end_session"),
    page("notices/", sessions.notices, "account_notices"),
    page("session/", sessions.this, "account_session"),
    page("kept/", sessions.kept, "account_kept"),
    page("back/", sessions.back, "account_back"),
    page("signed-out/", sign_in.signed_out, "account_signed_out"),
    page("link/", passwords.ask_for_link, "account_reset_password"),
    page("link/sent/", passwords.link_sent, "account_link_sent"),
    page("link/<uidb64>/<token>/", passwords.by_link, "account_reset_from_link"),
    page("invited/<uidb64>/<token>/", passwords.invited, "account_invited"),
    page("again/", again, "account_reauthenticate"),
    page("again/code/", again_by_code, "mfa_reauthenticate"),
    page("again/passkey/", again_by_passkey, "mfa_reauthenticate_webauthn"),
    page("second-step/", second_steps, "mfa_index"),
    page("second-step/code/", code, "mfa_authenticate"),
    page("second-step/app/", app, "mfa_activate_totp"),
    page("second-step/app/remove/", remove_app, "mfa_deactivate_totp"),
    page("second-step/codes/", codes, "mfa_view_recovery_codes"),
    page("second-step/codes/new/", new_recovery_codes, "mfa_generate_recovery_codes"),
    page("second-step/passkeys/", to_second_step, "mfa_list_webauthn"),
    page("second-step/passkeys/add/", add_passkey, "mfa_add_webauthn"),
    page(
        "second-step/passkeys/<int:pk>/remove/", remove_passkey, "mfa_remove_webauthn"
    ),
    page("passkey/", sign_in.PasskeyView.as_view(), "mfa_login_webauthn"),
]
