from typing import Any


def name_of(user: Any) -> str:
    """The name of a member of staff, or nothing for nobody."""
    return (user.get_full_name() or user.get_username())[:160] if user else ""
