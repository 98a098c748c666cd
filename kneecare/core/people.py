from typing import Any


def name_of(user: Any) -> str:
    """The name of a member of staff, or nothing for nobody."""
    return (user.get_full_name() or user.get_username())[:160] if user else ""


def manages_people(user: Any) -> bool:
    """Whether ``user`` is an owner of the site: who says who is who, and for how long what is kept."""
    return bool(user.has_perm("auth.change_user"))
