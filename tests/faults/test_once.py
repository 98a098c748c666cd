"""The same form twenty times at once, as a double click, a reload and a bad line can send it."""

from tests.faults.visitors import each_in_a_thread, form, send, show, visitor_address
from tests.serving import wait_until

TIMES = 20
EMAIL = "once@example.com"


def bookings(site):
    return site.database.value(
        f"SELECT count(*) FROM bookings_booking WHERE email = '{EMAIL}'"
    )


def test_the_same_form_twenty_times_at_once_is_one_booking_one_mail_and_one_answer(
    site,
):
    slot, other = site.database.free_slots(2)
    words = form(slot, EMAIL)
    address = visitor_address(200_000)
    before = len(site.post.to("desk@example.com"))

    answers = each_in_a_thread(lambda _: send(site.port, words, address), range(TIMES))

    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert "<title>Your request" in show(site.port, answers[0].location).text
    assert bookings(site) == 1
    wait_until(lambda: site.post.to(EMAIL))
    site.wait_for_all_mail()
    assert len(site.post.to(EMAIL)) == 1
    # None where earlier tests have filled this hour's mails to staff.
    assert len(site.post.to("desk@example.com")) <= before + 1

    changed = send(
        site.port, {**words, "slot": other, "message": "Something else."}, address
    )

    assert changed.status == 422
    assert "You sent this form before, with other words" in changed.text
    assert "Something else." in changed.text
    assert bookings(site) == 1
