from django.utils.cache import add_never_cache_headers


def keep_draft_out_of_caches(response, page):
    """The response for ``page``; what only staff may see is stored by no cache."""
    if not page.is_published:
        add_never_cache_headers(response)
    return response
