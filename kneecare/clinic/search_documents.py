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
        " ".join(filter(None, _texts(program))),
    )


def _texts(program):
    for html in [program.body, program.for_whom, program.visit, program.joining]:
        yield plain_text(html)
    yield from [program.visit_length, program.place_and_times, program.price]
