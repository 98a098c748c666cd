"""A handout to print, and ways to read what came out with other programs than the one that made it."""

import datetime
import io

import pypdf
import pypdfium2
import zxingcpp

from exercises.dose import DoseSnapshot
from exercises.figures.poses import first_poses
from exercises.pdf import compile
from exercises.pdf.sheet import Letterhead, Level, Review, Sheet
from exercises.snapshots import ExerciseSnapshot, ItemSnapshot, RoutineSnapshot
from kneecare.core.text.html import plain_text

ADDRESS = "https://clinic.example/routines/strong-knees/?sheet=4"
A4, LETTER = (595, 842), (612, 792)


def make_item(**fields):
    dose = fields.pop("dose", DoseSnapshot(sets=2, reps="10-15"))
    defaults = {
        "pk": 1,
        "title": "Glute bridge",
        "summary": "Lift your hips.",
        "steps": "Lie on your back.\nLift your hips.",
        "why": "",
        "mistakes": "",
        "not_for": "",
        "figure": first_poses()["glute-bridge"],
        "dose": dose,
        "tags": [],
    }
    return ItemSnapshot(ExerciseSnapshot(**defaults | fields), dose)


def make_sheet(*items, **fields):
    routine = RoutineSnapshot(
        title=fields.pop("title", "Strong knees"),
        summary="Moves for your knee.",
        intro=fields.pop("intro", "<p>Stop if your pain gets worse.</p>"),
        green_to=3,
        amber_to=5,
        pain_provenance="A leaflet about pain.",
        items=list(items or [make_item()]),
    )
    levels = [
        Level(
            "Call 911 now",
            "Do not wait.",
            [{"heading": "", "signs": ["You cannot feel your leg."]}],
        )
    ]
    defaults = {
        "routine": routine,
        "url": ADDRESS,
        "version": 4,
        "made_on": datetime.date(2026, 1, 5),
        "review": Review(author="Ada Byron, DPT"),
        "letterhead": Letterhead("Knees & Co", "(602) 555-0142", levels),
    }
    return Sheet(**defaults | fields)


def printed(sheet, *, paper="us-letter", large_print=False):
    made = compile.handout_pdf(sheet, paper=paper, large_print=large_print)
    return pypdf.PdfReader(io.BytesIO(made))


def words(reader):
    """All that the pages say, with single spaces."""
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u200b", "").split())


def tags(element):
    """Every element of the structure below ``element``, as its kind and its dictionary."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict) and "/S" in kid:
            yield kid["/S"], kid
            yield from tags(kid)


def structure(reader):
    return list(tags(reader.trailer["/Root"]["/StructTreeRoot"]))


def pictures(sheet, *, paper="us-letter", large_print=False):
    """The pages of ``sheet`` as pixels."""
    return pages_of(compile.handout_pdf(sheet, paper=paper, large_print=large_print))


def pages_of(made):
    """The pages of a PDF as pixels, at 150 dots an inch."""
    document = pypdfium2.PdfDocument(made)
    try:
        return [page.render(scale=150 / 72).to_pil() for page in document]
    finally:
        document.close()


def letter_heights(reader):
    """The heights of the letters on the first page, by how many letters have them."""
    heights = {}

    def visit(text, _, matrix, __, size):
        height = round(abs(size * matrix[3]), 1)
        if text.strip():
            heights[height] = heights.get(height, 0) + len(text.strip())

    reader.pages[0].extract_text(visitor_text=visit)
    return heights


def codes(picture):
    """What the QR codes in a picture of a page say."""
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def said(client, path):
    """All words of a page or a sheet."""
    response = client.get(path)
    assert response.status_code == 200
    if response["Content-Type"] == "application/pdf":
        return words(pypdf.PdfReader(io.BytesIO(response.getvalue())))
    return plain_text(response.text)
