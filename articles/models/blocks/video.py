"""A video: our own file, or one that stays elsewhere until a visitor goes there."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from articles.models.blocks.base import Block
from kneecare.core.fields import WebAddressField
from kneecare.core.images import PictureField
from kneecare.core.richtext import RichTextField
from kneecare.core.videos import CaptionsField, VideoField

ELSEWHERE = [
    "https://www.youtube.com/",
    "https://youtube.com/",
    "https://m.youtube.com/",
    "https://youtu.be/",
    "https://www.youtube-nocookie.com/",
    "https://vimeo.com/",
    "https://www.vimeo.com/",
    "https://player.vimeo.com/",
]
FOLDER = "videos"
# Field and key of each file; pictures are kept and shown as all pictures are.
FILES = {"file": "name", "poster": "poster", "captions": "captions"}


class VideoBlock(Block):
    types = ["video"]
    kept = ["title", "url", "transcript", "has_no_speech"]

    title = models.CharField("what the video shows", max_length=120)
    file = VideoField("video file", upload_to=FOLDER, blank=True)
    url = WebAddressField(
        "or its address elsewhere",
        blank=True,
        help_text="On YouTube or Vimeo. The page asks nothing of that site until a visitor opens the video.",
    )
    poster = PictureField(
        "still picture",
        blank=True,
        help_text="Shown before the video plays.",
    )
    captions = CaptionsField(
        upload_to=FOLDER,
        blank=True,
        help_text="A WebVTT file (.vtt), for people who cannot hear your own video.",
    )
    transcript = RichTextField(
        blank=True, help_text="Every word that is said, and what else matters."
    )
    has_no_speech = models.BooleanField("nobody speaks in it", default=False)

    class Meta(Block.Meta):
        verbose_name = "video"
        verbose_name_plural = "videos"
        constraints = [
            models.CheckConstraint(
                name="a_video_is_ours_or_elsewhere",
                condition=(~Q(file="") & Q(url="")) | (Q(file="") & ~Q(url="")),
                violation_error_message="Give a video file or an address elsewhere, one of the two.",
            ),
            models.CheckConstraint(
                name="a_video_elsewhere_is_where_we_know_it",
                condition=reduce(
                    or_, (Q(url__startswith=host) for host in ELSEWHERE), Q(url="")
                ),
                violation_error_message="Give an address on YouTube or Vimeo that starts with https://.",
            ),
            models.CheckConstraint(
                name="a_video_says_in_words_what_is_said",
                condition=~Q(transcript="") | Q(has_no_speech=True),
                violation_error_message="Write down what is said in the video, or tick that nobody speaks.",
            ),
        ]

    def __str__(self):
        return self.title

    def frozen(self):
        files = {key: getattr(self, field).name or "" for field, key in FILES.items()}
        return {**super().frozen(), **files}

    @staticmethod
    def files(frozen):
        """The names of its own files, without the still picture, that ``frozen`` shows."""
        return [frozen[key] for key in ["name", "captions"] if frozen[key]]

    @classmethod
    def thawed(cls, frozen):
        files = {field: frozen[key] for field, key in FILES.items()}
        return {**super().thawed(frozen), **files}
