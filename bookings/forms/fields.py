"""Form fields that keep out what has no place in one line of text."""

import re
import unicodedata
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

from bookings.referrers import public_path
from kneecare.core import fields
from kneecare.core.text.characters import visible

ZONES = frozenset(available_timezones())
# They turn the direction of text around, so that a line reads as something that it is not.
BIDI_MARKS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
LINE_ENDS = frozenset("\u2028\u2029")
# Letters of which older and newer rules for names on the internet (IDNA 2003, 2008) make different domains.
WRITTEN_ANEW = frozenset("ß\N{GREEK SMALL LETTER FINAL SIGMA}\u200c\u200d")
BETWEEN_EMAILS = re.compile(r"[,;\s]")
ODD_IN_AN_EMAIL = frozenset('"\\()<>[]:')

TOO_LONG = "Write at most %(limit_value)d characters. This has %(show_value)d."
ONE_AT_SIGN = (
    "An e-mail address has one @ sign, and this has more. Take out what is too much."
)
OTHER_DOMAIN = (
    "Our mail could go to somebody else at this address. Type another e-mail address."
)
HIDDEN = "Take out the line break or the hidden character. Type this again by hand."
HIDDEN_IN_WORDS = "Take out the hidden character. Type this again by hand."


def _one_line(value):
    """``value`` as it came: trimming it first would let a line break at its end through."""
    for character in str(value or ""):
        if _is_control(character) or character in BIDI_MARKS | LINE_ENDS:
            raise ValidationError(HIDDEN, code="hidden")
    return value


def _is_control(character):
    return unicodedata.category(character) in ("Cc", "Cs")


def _not_an_email():
    return ValidationError(validate_email.message, code="invalid")


def _check_as_mailed(email):
    """Refuse what no mail can go to: mail is sent to the domain's ASCII form, which may not exist or be another one."""
    local, _, domain = email.rpartition("@")
    if not WRITTEN_ANEW.isdisjoint(domain):
        raise ValidationError(OTHER_DOMAIN, code="invalid")
    try:
        mailed = f"{local}@{punycode(domain)}"
    except UnicodeError as error:
        raise _not_an_email() from error
    validate_email(mailed)
    if not mailed.isascii():
        raise _not_an_email()


class UncutField(forms.CharField):
    """A text that is too long is named, with its length: a browser that enforces a length cuts what is pasted in silence."""

    default_error_messages: ClassVar[dict[str, Any]] = {"max_length": TOO_LONG}

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class OneLineField(UncutField):
    def to_python(self, value):
        return visible(super().to_python(_one_line(value)) or "")


class OneEmailField(UncutField, forms.EmailField):
    """One plain e-mail address. What mail programs would read as a second one, or as a name, is refused."""

    def to_python(self, value):
        text = super().to_python(_one_line(value)) or ""
        if BETWEEN_EMAILS.search(text):
            raise ValidationError(
                "Give one e-mail address, without spaces.", code="several"
            )
        if text.count("@") > 1:
            raise ValidationError(ONE_AT_SIGN, code="at_signs")
        if ODD_IN_AN_EMAIL.intersection(text):
            raise _not_an_email()
        if text:
            _check_as_mailed(text)
        return text


class PhoneField(fields.PhoneField):
    def clean(self, value):
        # A tab comes with a number from a cell of a table.
        return super().clean(_one_line(fields.without_marks(value).replace("\t", " ")))


class WordsField(UncutField):
    """Several lines of text. A line break counts as one character, as browsers count it."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value):
        text = (
            (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        )
        if any(_is_control(character) for character in text if character not in "\n\t"):
            raise ValidationError(HIDDEN_IN_WORDS, code="hidden")
        return visible(text)


class ReferrerField(forms.Field):
    """The page that led to the form. The visitor did not type it: what is odd about it is dropped, not refused."""

    def to_python(self, value):
        return public_path(value or "")


class ZoneInput(forms.HiddenInput):
    template_name = "bookings/_time_zone_input.html"


class ZoneField(forms.Field):
    """What is no time zone is dropped, not refused: the visitor did not type it."""

    def __init__(self):
        super().__init__(required=False, widget=ZoneInput)

    def to_python(self, value):
        return value if value in ZONES else ""
