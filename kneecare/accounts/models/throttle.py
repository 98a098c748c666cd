from django.db import models


class SignInThrottle(models.Model):
    """How often one thing was guessed at: an account, a device of it, or a network. It holds no name, only a keyed hash."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField("last failure", null=True, blank=True)
    blocked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(name="throttle_by_last_failure", fields=["failed_at"])]

    def __str__(self):
        return self.key[:8]
