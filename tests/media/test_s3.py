"""Pictures and videos in S3, by a server of the test's own: what moves, and what is said when it is away."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from kneecare.core.http.database_faults import server_error
from kneecare.core.storage import StorageAway
from kneecare.media.video.ranges import part_of_file

pytestmark = pytest.mark.same_on_any_database("no row is asked for")
VIDEO = bytes(range(256)) * 4096  # 1 MB
NAME = "videos/a.mp4"


class Bucket(BaseHTTPRequestHandler):
    """One object, which is read as a whole or by range."""

    sent = 0

    def do_HEAD(self):
        is_there = self.path.endswith("/media/" + NAME)
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Length", str(len(VIDEO)))
        self.end_headers()

    def do_GET(self):
        asked = self.headers.get("Range", f"bytes=0-{len(VIDEO) - 1}")
        first, last = map(int, asked.removeprefix("bytes=").split("-"))
        part = VIDEO[first : last + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        type(self).sent += len(part)  # before its reader can look
        self.wfile.write(part)

    def log_message(self, *arguments):
        """Says nothing."""


@pytest.fixture
def bucket(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Bucket.sent = 0
    use(settings, server.server_port)
    yield Bucket
    server.shutdown()
    thread.join()
    server.server_close()


def use(settings, port):
    options = {
        "bucket_name": "knees",
        "location": "media",
        "endpoint_url": f"http://127.0.0.1:{port}",
        "region_name": "us-east-1",
        "access_key": "key",
        "secret_key": "secret",
    }
    s3 = {"BACKEND": "kneecare.media.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": s3}


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=500000-500001", 500_000, 500_001), ("bytes=-2", 1_048_574, 1_048_575)],
)
def test_two_bytes_of_a_video_move_two_bytes(bucket, asked, first, last):
    request = RequestFactory().get("/", headers={"Range": asked})

    response = part_of_file(request, default_storage.open(NAME), NAME)

    assert response.getvalue() == VIDEO[first : last + 1]
    assert (response.status_code, bucket.sent) == (206, 2)


def test_a_whole_video_comes_whole(bucket):
    response = part_of_file(RequestFactory().get("/"), default_storage.open(NAME), NAME)

    assert response.getvalue() == VIDEO


def test_a_file_that_is_missing_is_not_a_storage_that_is_away(bucket):
    assert not default_storage.exists("videos/none.mp4")
    with pytest.raises(FileNotFoundError):
        default_storage.open("videos/none.mp4")


def test_a_storage_that_is_away_is_a_503_that_keeps_the_words(settings):
    use(settings, 9)  # where nobody listens
    sent = {"title": "Bridge & more", "video": SimpleUploadedFile("a.mp4", b"x")}
    request = RequestFactory().post("/admin/", sent)

    with pytest.raises(StorageAway):
        default_storage.exists(NAME)
    try:
        default_storage.open(NAME)
    except StorageAway:
        answer = server_error(request)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert 'name="title" value="Bridge &amp; more"' in answer.text
    assert '<input type="file" name="video"' in answer.text
    assert 'enctype="multipart/form-data"' in answer.text
