"""What publishing tells whoever stands above it, in the same transaction.

``send()`` and not ``send_robust()``: where a receiver fails, nothing has changed.
"""

from django.dispatch import Signal

# What visitors are shown of ``page`` may be another thing now, or be elsewhere. Sent by its class.
visibility_changed = Signal()
# ``version``, of ``page``, has its number: it is what patients will read. Sent by the class of the page.
version_numbered = Signal()
# ``signature`` was given for ``subject``, or for a part of it. Sent by the class of the subject.
signed = Signal()
