"""Adding a passkey, and what one has by now; the rest is allauth's."""

from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView

from kneecare.accounts.session import gate


class SecondStepView(IndexView):
    template_name = "admin/account/second_step.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        # Looked at again: what was asked for may have been done a moment ago.
        gate.look(self.request, user)
        return {
            **super().get_context_data(**kwargs),
            "title": "Your second step",
            "is_needed": gate.needs_second_step(user),
            "due": gate.second_step_due(self.request),
            "is_overdue": gate.is_overdue(self.request),
        }


class CodeView(AuthenticateView):
    template_name = "admin/account/code.html"

    def get_context_data(self, **kwargs):
        own = Authenticator.objects.filter(user=self.stage.login.user)
        return {
            **super().get_context_data(**kwargs),
            "title": "Your second step",
            "has_passkey": own.filter(type=Authenticator.Type.WEBAUTHN).exists(),
        }


class AddPasskeyView(AddWebAuthnView):
    template_name = "admin/account/passkey.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        # One that the device keeps and that asks who holds it: it signs in by itself.
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {
            **context,
            "title": "Add a passkey",
            "js_data": {"creation_options": options},
        }
