import io
import logging
import sys

from kneecare.core.http.logs import PrivateFormatter


def logged(log):
    """What ``log(logger)`` writes through the site's formatter."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PrivateFormatter())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    log(logger)
    return stream.getvalue()


def test_a_log_line_does_not_hold_the_key_of_a_private_page():
    line = logged(
        lambda logger: logger.warning(
            "Not Found: %s",
            "/bookings/xdUjEyAAV6P_a7Evv1dTOzc6.LFzYyfsfPfVsSJMbVo/invite.ics",
        )
    )

    assert "xdUj" not in line
    assert "Not Found: /bookings/…/invite.ics" in line


def test_a_log_line_of_an_exception_does_not_hold_its_message():
    row = "my" + " knee hurts"

    def fail(logger):
        try:
            raise ValueError(f"Failing row contains ({row}).")
        except ValueError:
            logger.exception("A page failed.")

    line = logged(fail)

    assert "my knee" not in line
    assert "builtins.ValueError" in line
    assert "in fail" in line


def test_a_log_line_does_not_hold_a_message_that_another_formatter_wrote_down():
    """Python keeps an exception's text on the record, for the formatters that come after."""
    record = logging.LogRecord(
        "test", logging.ERROR, "x.py", 1, "A page failed.", (), None
    )
    words = "my knee hurts"
    try:
        raise ValueError(f"Failing row contains ({words}).")
    except ValueError:
        record.exc_info = sys.exc_info()
    assert "my knee hurts" in logging.Formatter().format(record)
    assert "my knee hurts" in record.exc_text

    line = PrivateFormatter().format(record)

    assert "my knee hurts" not in line
    assert "builtins.ValueError" in line


def test_a_log_line_does_not_hold_what_somebody_searched_for():
    line = logged(
        lambda logger: logger.error("Error handling request /search/?q=my+knee")
    )

    assert "my+knee" not in line
    assert "Error handling request /search/?…" in line
