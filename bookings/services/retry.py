"""What happens to a request that meets another one in the database."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.db import OperationalError, connection

from bookings.exceptions import Busy
from kneecare.core.database.retry import attempt, is_conflict


def tried_again(
    service: Callable[..., Any], *, after_cut: bool = False
) -> Callable[..., Any]:
    """Have ``service`` done again where the database says that it met another; raise ``Busy`` where it always does.

    ``after_cut``: also where the connection was cut, for a service that knows its own work again. Inside another
    transaction the fault is left to whoever began that. Its first argument is given to each try as the caller read it: what a try that failed wrote there was not stored.
    """

    @wraps(service)
    def patient(subject: Any, *args: Any, **kwargs: Any) -> Any:
        as_read = dict(vars(subject))
        call = partial(service, subject, *args, **kwargs)
        try:
            return attempt(
                call, undo=lambda: vars(subject).update(as_read), after_cut=after_cut
            )
        except OperationalError as error:
            if is_conflict(error) and not connection.in_atomic_block:
                raise Busy from error
            raise

    return patient
