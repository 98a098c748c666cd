from exercises.admin.handouts.handout import HandoutAdmin

__all__ = ["HandoutAdmin"]
