"""Signing what one person is given to do: for the clinician alone who stands behind it."""

from exercises.handouts.versions import show_signature
from kneecare.publishing.admin.review import answer


def review(admin, request, handout):
    """Of what the patient reads now, which the address of the handout shows."""
    return answer(
        *[admin, request, handout, handout.live_version.to_sign()],
        look=handout.get_absolute_url(),
        then=lambda: show_signature(handout, by=request.user),
        only=handout.clinician,
    )
