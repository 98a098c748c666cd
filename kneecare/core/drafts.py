from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from kneecare.core.models import Publishable

Response = TypeVar("Response", bound=HttpResponseBase)


def keep_draft_out_of_caches(response: Response, page: Publishable) -> Response:
    """The response for ``page``; what only staff may see is stored by no cache."""
    if not page.is_published:
        add_never_cache_headers(response)
    return response
