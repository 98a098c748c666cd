from exercises.pdf.sheet import page_of_sheet
from kneecare.core.structured_data import absolute


def sheet_address(handout):
    """The whole address that stands on paper, with the version that was printed."""
    return page_of_sheet(absolute(handout.get_absolute_url()), handout.live.number)
