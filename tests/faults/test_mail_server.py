"""A mail server that is away, silent, unwilling, or forgetful: no visitor waits for it, and no mail is lost."""

from statistics import median

import pytest

from tests.faults.visitors import form, send, visitor_address
from tests.serving import wait_until

POSTS = 20
SLOWER = 3  # times: far less than a wait for mail, far more than chance


@pytest.fixture
def visitors(site):
    """Send as many forms as asked for, one after the other: the addresses that mail goes to, and the median of seconds."""

    def book(count):
        made, seconds = [], []
        for slot in site.database.free_slots(count):
            email = f"mailed-{slot}@example.com"
            address = visitor_address(500_000 + slot)
            answer = send(site.port, form(slot, email), address)
            assert answer.status == 303
            made.append(email)
            seconds.append(answer.seconds)
        return made, median(seconds)

    return book


@pytest.fixture
def usual(site, visitors):
    """How long an answer takes while all is well. All mail is sent afterwards."""
    _, seconds = visitors(POSTS)
    site.wait_for_all_mail()
    return seconds


@pytest.fixture
def outbox(site):
    """The state of the mail to a visitor, and why."""

    def of(email):
        [row] = site.database.rows(
            "SELECT m.state, m.last_error FROM bookings_outboxmail m JOIN bookings_booking b "
            f"ON b.id = m.booking_id WHERE b.email = '{email}' AND m.kind = 'received'"
        )
        return row

    return of


def arrive(site, emails):
    """Wait until each has its mail; waits for the next attempt are cut short."""

    def are_there():
        missing = [email for email in emails if not site.post.to(email)]
        if missing:
            site.send_at_once()
        return not missing

    wait_until(are_there)


def test_no_request_sends_mail_itself(site, post, visitors):
    worker = site.worker
    site.pause(worker)
    before = post.connections
    try:
        emails, _ = visitors(POSTS)
        assert post.connections == before
    finally:
        site.go_on(worker)

    arrive(site, emails)
    assert [len(post.to(email)) for email in emails] == [1] * POSTS


def test_mail_waits_for_a_server_that_is_down_and_answers_stay_as_fast(
    site, post, visitors, usual, outbox
):
    post.close()
    try:
        emails, seconds = visitors(POSTS)
        wait_until(lambda: outbox(emails[0])[1] == "ConnectionRefusedError")
    finally:
        post.open()

    arrive(site, emails)
    assert seconds < SLOWER * usual
    assert [len(post.to(email)) for email in emails] == [1] * POSTS


def test_mail_waits_for_a_server_that_hangs_and_answers_stay_as_fast(
    site, post, visitors, usual
):
    post.fail("hang")
    before = post.connections
    emails, _ = visitors(1)
    wait_until(lambda: post.connections > before)
    more, seconds = visitors(POSTS)
    post.close()
    post.heal()
    post.open()

    arrive(site, [*emails, *more])
    assert seconds < SLOWER * usual
    site.wait_for_all_mail()
    assert {len(post.to(email)) for email in [*emails, *more]} == {1}


def test_a_temporary_refusal_is_tried_again_and_answers_stay_as_fast(
    site, post, visitors, usual, outbox
):
    post.fail(451)
    emails, seconds = visitors(POSTS)
    wait_until(lambda: outbox(emails[0]) == ("waiting", "SMTPRecipientsRefused 451"))
    post.heal()

    arrive(site, emails)
    assert seconds < SLOWER * usual
    assert [len(post.to(email)) for email in emails] == [1] * POSTS


def test_one_address_that_is_refused_for_good_is_given_up_and_the_others_get_their_mail(
    site, post, visitors, outbox
):
    site.pause(site.worker)
    emails, _ = visitors(5)
    wrong, *others = emails
    post.fail(550, of=wrong)
    site.go_on(site.worker)
    arrive(site, others)
    site.wait_for_all_mail()

    assert outbox(wrong) == ("failed", "SMTPRecipientsRefused 550")
    assert post.to(wrong) == []
    assert {outbox(email)[0] for email in others} == {"sent"}


def test_a_server_that_dies_after_it_took_a_mail_gets_it_again_with_the_same_number(
    site, post, visitors
):
    [forgetful] = visitors(1)[0]
    site.wait_for_all_mail()
    site.pause(site.worker)
    [forgetful, *others], _ = visitors(5)
    post.fail("die", of=forgetful)
    site.go_on(site.worker)
    wait_until(lambda: post.to(forgetful))
    post.heal()
    arrive(site, others)
    site.send_at_once()
    wait_until(lambda: len(post.to(forgetful)) > 1)
    site.wait_for_all_mail()

    assert len({mail.message_id for mail in post.to(forgetful)}) == 1
    assert [len(post.to(email)) for email in others] == [1] * 4
