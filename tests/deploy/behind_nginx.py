"""The site's web processes behind the nginx that deploy/ ships, on ports and in folders of a test."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.serving import ROOT, answer, free_port, wait_until

DEPLOY = ROOT / "deploy"
MAIN = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/nginx-http.conf;
    include {folder}/nginx-site.conf;
}}
"""
CERTIFICATE = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=clinic.example -keyout privkey.pem -out fullchain.pem"


def write_configuration(folder, site_port, plain_port, tls_port):
    """What is shipped, with nothing changed but ports, folders and the certificate."""
    changes = {
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen 443 ssl": f"listen 127.0.0.1:{tls_port} ssl",
        "127.0.0.1:8000": f"127.0.0.1:{site_port}",
        "/etc/letsencrypt/live/clinic.example": str(folder),
        "/etc/nginx/kneecare-proxy.conf": f"{folder}/nginx-proxy.conf",
        "/var/log/nginx": str(folder),
    }
    for shipped in DEPLOY.glob("nginx-*.conf"):
        text = shipped.read_text()
        for old, new in changes.items():
            text = text.replace(old, new)
        (folder / shipped.name).write_text(text)
    # Whose processes could not write below a folder of root's.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    subprocess.run(CERTIFICATE.split(), cwd=folder, check=True, capture_output=True)


def nginx(folder, *arguments):
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return subprocess.run([*command, *arguments], capture_output=True, text=True)


class BehindNginx:
    """gunicorn as the Procfile has it, without a database: what is slow is slow all the same."""

    def __init__(self, folder):
        self.folder = folder
        self.site_port, self.plain_port, self.port = (free_port() for _ in range(3))
        write_configuration(folder, self.site_port, self.plain_port, self.port)

    def start(self):
        line = (ROOT / "Procfile").read_text().splitlines()[0].partition(": ")[2]
        words = line.replace("$PORT", str(self.site_port)).replace("''", "").split()
        at = words.index("--forwarder-headers") + 1
        command = [str(Path(sys.executable).parent / words[0]), *words[1:at], "", *words[at:]]  # fmt: skip
        environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "x",
            "SITE_URL": "https://clinic.example",
            "KNEECARE_DATA": str(self.folder),
        }
        output = (self.folder / "site.txt").open("wb")
        self.site = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)  # fmt: skip
        output.close()
        wait_until(lambda: answer(self.site_port, "/healthz"))
        started = nginx(self.folder)
        assert started.returncode == 0, started.stderr

    def stop(self):
        with suppress(FileNotFoundError):  # it never began
            os.kill(int((self.folder / "nginx.pid").read_text()), signal.SIGTERM)
        self.site.terminate()
        self.site.wait(60)

    def connect(self):
        """A connection as a browser has it, which is then used byte by byte."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        return context.wrap_socket(plain)

    def ask(self, path, *, method="GET", body=None, port=None, timeout=30):
        """The status of an answer, and its headers."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.plain_port, timeout=timeout)  # fmt: skip
        if not port:
            connection.sock = self.connect()
        connection.request(method, path, body, {"Host": "localhost"})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status, response.headers
