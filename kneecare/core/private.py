from functools import wraps

from django.utils.cache import add_never_cache_headers


def private(view):
    """For a page that is one person's own: no cache keeps it, no search engine lists it, no link tells its address."""

    @wraps(view)
    def kept_private(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return kept_private
