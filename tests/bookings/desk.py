"""How the tests of the front desk's pages speak to them."""

from bookings.models import Booking

QUEUE = "/admin/bookings/booking/"


def page_of(row):
    return f"/admin/bookings/{row._meta.model_name}/{row.pk}/change/"


def decide(client, booking, verb, *, version=None, **data):
    address = f"{QUEUE}{booking.pk}/decide/{verb}/"
    data["version"] = booking.version if version is None else version
    return client.post(address, data, follow=True)


def in_bulk(client, model, action, rows, *, sure=True):
    """Choose ``rows`` in their list as it shows them now, and an action; and say yes where that is asked."""
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    if sure:
        data["sure"] = "Yes"
    if model is Booking:
        data |= {f"version_{row.pk}": row.version for row in rows}
    address = f"/admin/bookings/{model._meta.model_name}/"
    return client.post(address, data, follow=True)


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def said(response):
    return [str(message) for message in response.context["messages"]]


def listed(client, query):
    """The references that the queue shows for ``query``, in its order."""
    page = client.get(f"{QUEUE}?{query}")
    return [booking.reference for booking in page.context["cl"].result_list]
