from exercises.admin.drawing.admin import DrawingAdmin
from exercises.admin.drawing.form import DrawingForm

__all__ = ["DrawingAdmin", "DrawingForm"]
