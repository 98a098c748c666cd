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
    def thawed(cls, frozen):
        files = {field: frozen[key] for field, key in FILES.items()}
        return {**super().thawed(frozen), **files}
