from dataclasses import dataclass, field

from django.db import models

from kneecare.core.text.html import split_lines

WORST = 3  # groups of the most urgent level, of which a page names a sign at its top


@dataclass(frozen=True)
class SignGroup:
    """Signs that belong together, below their ``heading``, which may be empty."""

    heading: str = ""
    signs: list[str] = field(default_factory=list)


class HelpLevel(models.Model):
    """One level of the "when to get help" list, the one source for every page that shows it."""

    class Level(models.TextChoices):
        EMERGENCY = "emergency", "Emergency"
        URGENT = "urgent", "Urgent"
        NOT_URGENT = "not_urgent", "Not urgent"

    level = models.CharField(max_length=10, choices=Level, unique=True)
    heading = models.CharField(
        max_length=120, help_text="Say what to do, such as Call 911 now."
    )
    advice = models.CharField(
        max_length=200, blank=True, help_text="One sentence under the heading."
    )
    signs = models.TextField(
        max_length=3000,
        help_text="Signs, one per line, the worst first. A line that ends with a colon is the heading of the signs below it.",
    )

    class Meta:
        verbose_name = "when to get help: level"
        verbose_name_plural = "when to get help"

    def __str__(self):
        return self.get_level_display()

    def groups(self):
        """The signs in their groups, in the editor's order."""
        found = [SignGroup()]
        for line in split_lines(self.signs):
            if line.endswith(":"):
                found.append(SignGroup(line))
            else:
                found[-1].signs.append(line)
        return [group for group in found if group.signs]

    def worst(self):
        """The first sign of each of the first groups; of one group without a heading its first signs."""
        groups = self.groups()
        if len(groups) == 1:
            return [
                SignGroup(groups[0].heading, [sign]) for sign in groups[0].signs[:WORST]
            ]
        return [SignGroup(each.heading, each.signs[:1]) for each in groups[:WORST]]

    def urgency(self):
        """0 for the most urgent level, rising."""
        return self.Level.values.index(self.level)
