from kneecare.accounts.models.account import Account
from kneecare.accounts.models.mail import AccountMail
from kneecare.accounts.models.settings import SignInSettings
from kneecare.accounts.models.throttle import SignInThrottle

__all__ = ["Account", "AccountMail", "SignInSettings", "SignInThrottle"]
