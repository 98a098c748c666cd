"""The site without a network: what a browser installs, and the worker that keeps routines on the device."""

import json

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kneecare.clinic.context_processors import clinic_of
from kneecare.core.fonts import FACES, SERVED
from kneecare.core.templatetags.components import stylesheets

# What the player and the diary are made of; each module's imports have to stand here as well.
ASSETS = [
    "css/pages/player-finish.css",
    "css/pages/player.css",
    "css/pages/progress.css",
    *[f"fonts/{face.name}.{SERVED}" for face in FACES],
    "img/icon.svg",
    "js/diary/calendar.js",
    "js/diary/chart.js",
    "js/diary/csv.js",
    "js/diary/entries.js",
    "js/diary/plot.js",
    "js/diary/summary.js",
    "js/diary/table.js",
    "js/figure-replay.js",
    "js/my-progress.js",
    "js/offline-copy.js",
    "js/player/after-paint.js",
    "js/player/cues.js",
    "js/player/exercises.js",
    "js/player/figure.js",
    "js/player/finish.js",
    "js/player/instructions.js",
    "js/player/pace.js",
    "js/player/panel.js",
    "js/player/phase.js",
    "js/player/readout.js",
    "js/player/run.js",
    "js/player/settings.js",
    "js/player/stage.js",
    "js/player/store.js",
    "js/player/voice.js",
    "js/routine-player.js",
    "js/saved-routines.js",
]
SIZES = [192, 512]


@require_safe
@cache_control(max_age=0, no_cache=True)
def service_worker(request):
    """The worker with the URLs of today's files: another file makes another worker, which brings the rest up to date."""
    assets = [static(name) for name in [*ASSETS, *stylesheets()]]
    context = {
        "assets": json.dumps(assets),
        "pages": json.dumps([reverse("offline"), reverse("progress")]),
        "offline": json.dumps(reverse("offline")),
    }
    script = render_to_string("service-worker.js", context)
    return HttpResponse(script, content_type="text/javascript")


@require_safe
@cache_control(max_age=3600)
def manifest(request):
    clinic = clinic_of(request)
    icons = [
        {
            "src": static(f"img/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in SIZES
    ]
    facts = {
        "name": clinic.name,
        "short_name": clinic.name[:12],
        "lang": "en-US",
        "start_url": reverse("routines:index"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf6ee",
        "theme_color": "#fbf6ee",
        "icons": icons,
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@require_safe
def offline(request):
    """What the worker shows for a page that is not on the device."""
    return render(request, "offline.html")
