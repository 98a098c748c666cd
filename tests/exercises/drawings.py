"""Each drawing of the exercises that a new site starts with, by slug, and the pages themselves."""

from exercises.figures.poses import first_poses
from exercises.first_content import FOLDER
from kneecare.core.first_content import read_pages

PAGES = read_pages([FOLDER / "own/exercises", FOLDER / "library/exercises"])
DRAWN = first_poses() | {
    slug: page["figure"] for slug, page in PAGES.items() if "figure" in page
}
