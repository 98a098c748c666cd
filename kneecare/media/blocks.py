"""A picture and a video as a page shows them: in an article, or of an exercise. ``snapshot()`` is what is published."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q

from kneecare.core.fields import WebURLField
from kneecare.core.text.richtext import RichTextField
from kneecare.media.fields import PictureField
from kneecare.media.models import FocalPoint
from kneecare.media.videos import FOLDER, CaptionsField, VideoField

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
# Field and key of each file; pictures are kept and shown as all pictures are.
FILES = {"file": "name", "poster": "poster", "captions": "captions"}

WORDS = ["title", "url", "transcript", "has_no_speech"]


class PagePicture(FocalPoint):
    image = PictureField(
        "picture", width_field="width", height_field="height", crops=["social"]
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        "description",
        max_length=200,
        help_text="What the picture shows, for people who cannot see it.",
    )
    caption = models.CharField(max_length=200, blank=True)

    class Meta(FocalPoint.Meta):
        abstract = True

    def __str__(self):
        return self.alt

    def snapshot(self):
        return {
            "type": "image",
            "name": self.image.name,
            "width": self.width,
            "height": self.height,
            "focus_x": self.focus_x,
            "focus_y": self.focus_y,
            "alt": self.alt,
            "caption": self.caption,
        }


def video_constraints(video):
    """What holds for every video; ``video`` starts the names, such as "a_video"."""
    return [
        models.CheckConstraint(
            name=f"{video}_is_ours_or_elsewhere",
            condition=(~Q(file="") & Q(url="")) | (Q(file="") & ~Q(url="")),
            violation_error_message="Give a video file or an address elsewhere, one of the two.",
        ),
        models.CheckConstraint(
            name=f"{video}_elsewhere_is_where_we_know_it",
            condition=reduce(
                or_, (Q(url__startswith=host) for host in ELSEWHERE), Q(url="")
            ),
            violation_error_message="Give an address on YouTube or Vimeo that starts with https://.",
        ),
        models.CheckConstraint(
            name=f"{video}_says_in_words_what_is_said",
            condition=~Q(transcript="") | Q(has_no_speech=True),
            violation_error_message="Write down what is said in the video, or tick that nobody speaks.",
        ),
    ]


class PageVideo(models.Model):
    """Our own file, or one that stays elsewhere until a visitor goes there. Its Meta needs ``video_constraints()``."""

    title = models.CharField("what the video shows", max_length=120)
    file = VideoField("video file", upload_to=FOLDER, blank=True)
    url = WebURLField(
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

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    def snapshot(self):
        words = {name: getattr(self, name) for name in WORDS}
        files = {key: getattr(self, field).name or "" for field, key in FILES.items()}
        return {"type": "video", **words, **files}

    @staticmethod
    def files(snapshot):
        """The names of its own files, without the still picture, that ``snapshot`` shows."""
        return [snapshot[key] for key in ["name", "captions"] if snapshot[key]]


def picture_names(snapshot: list[dict[str, Any]]) -> set[str]:
    """The names of all pictures in ``snapshot`` pictures and videos, which may stand among other things."""
    keys = {"image": "name", "video": "poster"}
    named = [each for each in snapshot if each["type"] in keys]
    return {each[keys[each["type"]]] for each in named} - {""}


def file_names(snapshot: list[dict[str, Any]]) -> set[str]:
    """The names of all files of our own videos in the same."""
    videos = [each for each in snapshot if each["type"] == "video"]
    return {name for video in videos for name in PageVideo.files(video)}
