from django.http import HttpRequest

from kneecare.core.structured_data import absolute


def site(request: HttpRequest) -> dict[str, str]:
    """``canonical_url``: the one public URL of this page, whatever host or query it was asked by."""
    return {"canonical_url": absolute(request.path)}
