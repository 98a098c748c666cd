from urllib.parse import unquote

from django.http import HttpResponseBadRequest

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in [
        "camera",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "browsing-topics",
    ]
)


class PolicyHeadersMiddleware:
    """Headers that Django does not set itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RefuseNulMiddleware:
    """Refuse a NUL in an address: PostgreSQL cannot store one, so a look-up would end in a 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "\x00" in unquote(
            request.META.get("QUERY_STRING", "")
        ):
            return HttpResponseBadRequest(
                "This address is not valid.", content_type="text/plain"
            )
        return self.get_response(request)
