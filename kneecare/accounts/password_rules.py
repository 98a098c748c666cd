"""What a password must not be, beside what Django asks of it."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

LONGEST = 200  # letters: a longer one costs time at each try, and nobody types it
TOO_LONG = f"A password has {LONGEST} letters at the most. This one has {{:,}}."
SAME = "Choose another one: this is the password that the account has now."


def refuse_too_long(password: str) -> None:
    if len(password) > LONGEST:
        raise ValidationError(TOO_LONG.format(len(password)), code="too_long")


class LongestPasswordValidator:
    def validate(self, password: str, user: Any = None) -> None:
        refuse_too_long(password)

    def get_help_text(self) -> str:
        return f"Your password has {LONGEST} letters at the most."


class AnotherPasswordValidator:
    """A password that somebody has seen is not made secret by choosing it once more."""

    def validate(self, password: str, user: Any = None) -> None:
        if (
            user
            and len(password) <= LONGEST
            and check_password(password, user.password)
        ):
            raise ValidationError(SAME, code="same")

    def get_help_text(self) -> str:
        return "Your password is another one than before."
