from kneecare.accounts.models import SignInSettings


def load():
    """The defaults, as a row that the owner can change."""
    SignInSettings.objects.get_or_create(pk=1)
