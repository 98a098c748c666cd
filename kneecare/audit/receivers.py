"""What Django tells of accounts and rights goes into the record, whoever causes it: a page, a command or a library."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver

from kneecare.audit.models import AuditEvent
from kneecare.audit.record import record

User: Any = get_user_model()
Kind = AuditEvent.Kind
FLAGS = {"is_active": "sign in", "is_staff": "be staff", "is_superuser": "everything"}
VERBS = {"post_add": "Given", "post_remove": "Taken", "pre_clear": "Taken: all"}
LONGEST_NAME = 254


@receiver(user_logged_in)
def signed_in(user: Any, **kwargs: Any) -> None:
    record(Kind.SIGNED_IN, user=user)


@receiver(user_logged_out)
def signed_out(user: Any, **kwargs: Any) -> None:
    if user:
        record(Kind.SIGNED_OUT, user=user)


@receiver(user_login_failed)
def sign_in_failed(credentials: Any, **kwargs: Any) -> None:
    """Only names an account that there is: what else was typed may be somebody's password in the wrong field."""
    typed = str(credentials.get(User.USERNAME_FIELD) or "")[:LONGEST_NAME]
    account = User.objects.filter(**{User.USERNAME_FIELD: typed}).first()
    record(Kind.SIGN_IN_FAILED, subject=account.get_username() if account else "")


@receiver(pre_save, sender=User)
def remember_flags(instance: Any, **kwargs: Any) -> None:
    before = User.objects.filter(pk=instance.pk).values(*FLAGS).first()
    instance.flags_before = before or dict.fromkeys(FLAGS, False)


@receiver(post_save, sender=User)
def flags_changed(instance: Any, **kwargs: Any) -> None:
    changed = [name for name in FLAGS if getattr(instance, name) != instance.flags_before[name]]  # fmt: skip
    given = [FLAGS[name] for name in changed if getattr(instance, name)]
    taken = [FLAGS[name] for name in changed if not getattr(instance, name)]
    for verb, rights in {"Given": given, "Taken": taken}.items():
        if rights:
            rights_changed(instance.get_username(), f"{verb}: {', '.join(rights)}")


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def rights_given(
    instance: Any, action: str, model: Any, pk_set: Any, **kwargs: Any
) -> None:
    verb = VERBS.get(action)
    if verb and pk_set != set():
        changed = model._base_manager.filter(pk__in=pk_set or [])
        rights_changed(str(instance), f"{verb}: {', '.join(sorted(map(str, changed)))}")


@receiver(post_delete, sender=User)
@receiver(post_delete, sender=Group)
def deleted(instance: Any, **kwargs: Any) -> None:
    rights_changed(str(instance), f"Deleted: the {instance._meta.verbose_name}")


def rights_changed(subject: str, details: str) -> None:
    record(Kind.RIGHTS_CHANGED, subject=subject, details=details)
