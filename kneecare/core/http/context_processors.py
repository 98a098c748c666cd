from kneecare.core.structured_data import absolute


def site(request):
    """``canonical_url``: the one public URL of this page, whatever host or query it was asked by."""
    return {"canonical_url": absolute(request.path)}
