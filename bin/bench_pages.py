"""The measuring that bin/bench.py starts: `bench_pages.py pages searches`, on the site that the environment names."""

import random
import statistics
import sys
import time
from io import StringIO
from itertools import accumulate

import django
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

django.setup()

from bench_measure import cost, queries  # noqa: E402

from exercises.models import Exercise, ExerciseVersion  # noqa: E402
from kneecare import urls  # noqa: E402
from kneecare.clinic.models import Clinician  # noqa: E402
from kneecare.search import index, search  # noqa: E402

RUNS = 15
PAGES = [
    "/",
    "/articles/",
    "/articles/knee-pain-why-it-matters/",
    "/topics/knee-pain/",
    "/where-does-it-hurt/",
    "/when-to-get-help/",
    "/exercises/",
    "/exercises/glute-bridge/",
    "/routines/",
    "/routines/knee-strength-starter/",
    "/programs/revive-u/",
    "/book/",
    "/contact/",
    "/about/",
    "/privacy/",
    "/search/",
    "/search/?q=glut+brige",
    "/search/?q=kneecap+pain",
    "/search/?q=xyzzy",
]
BARE = "/bare/"
GOALS = {1_000: 2, 100_000: 60}  # documents: milliseconds
WORDS = 40_000  # different ones, used as Zipf says: the second half as often as the first, and so on
COMMON = ["knee", "pain", "leg", "muscle", "hip", "kneecap", "calf", "foot", "stretch"]
QUERIES = 40


def main(*what):
    call_command("prepare", stdout=StringIO())
    if "pages" in what:
        measure_pages()
    if "searches" in what:
        for size, goal in GOALS.items():
            measure_searches(size, goal)


# Pages -----------------------------------------------------------------------


def measure_pages():
    client = Client(headers={"accept-encoding": "gzip"})
    text = Client().get("/").content[:20_000]
    urls.urlpatterns.append(path("bare/", lambda request: HttpResponse(text)))
    times = {page: [] for page in [BARE, *PAGES]}
    for turn in range(RUNS + 2):
        for page, seen in times.items():
            seconds = cost(client, page, time.process_time)
            if turn > 1:  # the first turns fill caches
                seen.append(seconds)
    bare = statistics.median(times.pop(BARE))
    print(
        f"Whole pages: CPU time beside a bare view of 20 kB ({bare * 1000:.2f} ms), median of {RUNS}"
    )
    for page, seen in times.items():
        ratio = statistics.median(seen) / bare
        print(f"  {ratio:5.1f} x  {queries(client, page)} queries  {page}")


# Searches --------------------------------------------------------------------


def measure_searches(size, goal):
    chance = random.Random(1)  # noqa: S311 - the same pages at every run
    language = Language(chance)
    add_pages(language, size - Exercise.objects.count())
    started = time.perf_counter()
    documents = index.rebuild()
    built = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = [language.query(number) for number in range(QUERIES)]
    seen = [search_times(query) for _ in range(RUNS + 1) for query in asked]
    times, own = zip(*seen[QUERIES:], strict=True)  # the first turn fills caches
    median, slowest = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(
        f"Search on {connection.display_name}, {documents:,} documents: median {median:.2f} ms (goal {goal}), "
        f"95 of 100 within {slowest:.1f} ms, median of our own CPU {statistics.median(own):.2f} ms; made in {built:.0f} s",
        flush=True,
    )


def search_times(query):
    """Milliseconds, and those of our own CPU, for the first ten results with titles and snippets, as the page shows them."""
    started, own = time.perf_counter(), time.process_time()
    for found in search(query).found[:10]:
        assert found.title, found.snippet  # noqa: S101 - drawn when they are asked for
    own = time.process_time() - own
    return (time.perf_counter() - started) * 1000, own * 1000


def add_pages(language, count):
    """``count`` more exercises, each published once."""
    author = Clinician.objects.first()
    first = Exercise.objects.count()
    for start in range(0, count, 1_000):
        numbers = range(first + start, first + min(start + 1_000, count))
        rows = Exercise.objects.bulk_create(
            made_up(language, number, author) for number in numbers
        )
        made = ExerciseVersion.objects.bulk_create(map(version, rows))
        for row, row.live_version in zip(rows, made, strict=True):
            row.published_at = timezone.now()
        Exercise.objects.bulk_update(rows, ["live_version", "published_at"])


def made_up(language, number, author):
    return Exercise(
        title=language.text(3, 7)[:120],
        slug=f"made-up-{number}",
        summary=language.text(12, 25)[:200],
        steps=language.text(30, 60),
        why=f"<p>{language.text(20, 200)}</p>",
        author=author,
    )


def version(exercise):
    data = exercise.snapshot().as_data()
    same = {name: getattr(exercise, name) for name in ["title", "summary", "author"]}
    return ExerciseVersion(page=exercise, number=1, data=data, **same)


class Language:
    """Made-up words, and sentences in which each is as common as its rank says."""

    def __init__(self, chance):
        self.chance = chance
        syllables = [
            a + b
            for a in "bdfgklmnprstvz"
            for b in ["a", "e", "i", "o", "u", "an", "er"]
        ]
        made = {
            "".join(chance.choices(syllables, k=chance.randint(2, 4)))
            for _ in range(2 * WORDS)
        }
        self.words = [*COMMON, *sorted(made)[:: max(1, len(made) // WORDS)]][:WORDS]
        self.words[len(COMMON) :] = chance.sample(
            self.words[len(COMMON) :], len(self.words) - len(COMMON)
        )
        self.weights = [*accumulate(1 / rank for rank in range(1, len(self.words) + 1))]

    def text(self, fewest, most):
        count = self.chance.randint(fewest, most)
        return " ".join(
            self.chance.choices(self.words, cum_weights=self.weights, k=count)
        )

    def query(self, number):
        """One to four words; now and then with a slip, or in quotation marks."""
        words = self.text(1, 4).split()
        if number % 4 == 1:
            at = max(range(len(words)), key=lambda i: len(words[i]))
            middle = len(words[at]) // 2
            words[at] = words[at][:middle] + words[at][middle + 1 :]
        return (
            f'"{words[0]}" {" ".join(words[1:])}'
            if number % 10 == 9
            else " ".join(words)
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
