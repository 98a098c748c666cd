"""What programs are found by."""

from kneecare.clinic.models import Program
from kneecare.core.text.html import plain_text
from kneecare.search.sources import Page, source


@source(Program, label="Program")
def program_page(program):
    return Page(
        program.get_absolute_url(),
        program.title,
        program.summary,
        plain_text(program.body),
    )
