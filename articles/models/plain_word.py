from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from articles.readability.grade import words


class PlainWord(models.Model):
    """A hard word or phrase, and a plainer way to say it: marked in the reading help."""

    word = models.CharField(
        "hard word",
        max_length=60,
        help_text="A word or a short phrase, in its plain form: utilize, prior to.",
    )
    plainer = models.CharField(
        "plainer", max_length=120, help_text="What to say instead, such as: use."
    )

    class Meta:
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                Lower("word"),
                name="a_hard_word_stands_in_the_list_once",
                violation_error_message="This word stands in the list already.",
            ),
        ]

    def __str__(self):
        return self.word

    def clean(self):
        if self.word and not words(self.word):
            raise ValidationError({"word": "Give a word made of letters."})
