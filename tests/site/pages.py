"""Every public kind of page, for tests that ask the same of each."""

PAGES = [
    "/",
    "/articles/",
    "/articles/knee-pain-why-it-matters/",
    "/topics/patellar-tendinitis/",
    "/where-does-it-hurt/",
    "/when-to-get-help/",
    "/exercises/",
    "/exercises/?body_part=hip",
    "/exercises/glute-bridge/",
    "/exercises/wall-push/",
    "/routines/",
    "/routines/knee-strength-starter/",
    "/book/",
    "/contact/",
    "/programs/revive-u/",
    "/programs/fitness-and-assisted-stretch/",
    "/about/",
    "/privacy/",
    "/search/",
    "/search/?q=glut+brige",
    "/search/?q=xyzzy",
]
CONTENT_PAGES = [
    "/articles/knee-pain-why-it-matters/",
    "/exercises/glute-bridge/",
    "/routines/knee-strength-starter/",
    "/about/",
    "/privacy/",
    "/when-to-get-help/",
    "/programs/revive-u/",
]
