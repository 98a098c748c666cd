"""A video: our own file, or one that stays elsewhere until a visitor goes there."""

from articles.models.blocks.base import Block
from kneecare.media.blocks import FILES, WORDS, PageVideo, video_constraints


class VideoBlock(PageVideo, Block):
    types = ["video"]
    kept = WORDS

    class Meta(Block.Meta):
        verbose_name = "video"
        verbose_name_plural = "videos"
        constraints = video_constraints("a_video")

    @classmethod
    def from_snapshot(cls, snapshot):
        files = {field: snapshot[key] for field, key in FILES.items()}
        return {**super().from_snapshot(snapshot), **files}
