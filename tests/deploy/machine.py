"""A machine that a test may set up by the doc's own commands: this one, in namespaces, where all that is written goes with it.

Real are the files, users, networks, git, nginx, and the programs of the site. What stands in for the rest is in
``stand_ins``: certificates are made at home, packages are only looked up, and units run without systemd as pid 1.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.serving import ROOT, wait_until

STAND_INS = Path(__file__).parent / "stand_ins"
PROGRAMS = ["nginx", "unshare", "nsenter", "setpriv", "useradd", "curl", "ip", "git"]
# A clean disk above this one's: what is written is kept in memory, and gone with the namespace.
SET_UP = """
set -e
umask 022
mount -t tmpfs none "$FOLDER"
cd "$FOLDER"
mkdir above work root
mount -t overlay overlay -o lowerdir=/,upperdir=above,workdir=work root
cd root
rm -rf srv/* etc/nginx/sites-enabled/* var/lib/kneecare etc/kneecare
mkdir -p .$PYTHON opt/packages opt/repository var/log/nginx etc/letsencrypt
mount --bind "$PYTHON" ".$PYTHON"
ln -s "$PYTHON" opt/python
chmod a+x root
mount --bind "$PACKAGES" opt/packages
mount --bind "$REPOSITORY" opt/repository
mount --rbind /dev dev
mount -t proc proc proc
mount -t tmpfs none run
mount -t tmpfs none tmp
chmod 1777 tmp
mkdir run/units
install -m 755 "$STAND_INS"/* usr/local/bin
ip link set lo up
exec chroot . sleep infinity
"""


def is_possible():
    return os.geteuid() == 0 and all(map(shutil.which, PROGRAMS))


def make_repository(folder):
    """A repository of the files as they are now, committed or not."""
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", folder], check=True)  # fmt: skip
    # Folders or links, as a worktree has them: no pattern of the project's own hits both.
    Path(folder, "info", "exclude").write_text(".venv\nnode_modules\n")
    git(folder, "add", "--all")
    commit(folder)


def commit(repository):
    who = ["-c", "user.name=A test", "-c", "user.email=test@example.com"]
    git(repository, *who, "commit", "--quiet", "--message=A release")


def git(repository, *arguments):
    places = ["-c", "core.bare=false", f"--git-dir={repository}", f"--work-tree={ROOT}"]
    subprocess.run(["git", *places, *arguments], check=True, capture_output=True)


class Machine:
    def __init__(self, folder, repository):
        namespaces = ["--mount", "--net", "--pid", "--fork", "--kill-child"]
        places = {
            "FOLDER": folder,
            "PYTHON": sys.base_prefix,
            "PACKAGES": Path(sys.prefix),
            "REPOSITORY": repository,
            "STAND_INS": STAND_INS,
        }
        environment = os.environ | {name: str(path) for name, path in places.items()}
        self.output = (folder.parent / "machine.txt").open("w+")
        self.holder = subprocess.Popen(["unshare", *namespaces, "sh", "-c", SET_UP], env=environment, stdout=self.output, stderr=self.output)  # fmt: skip
        wait_until(self._is_up)

    def _is_up(self):
        assert self.holder.poll() is None, (self.output.seek(0), self.output.read())[1]
        children = f"/proc/{self.holder.pid}/task/{self.holder.pid}/children"
        self.first = Path(children).read_text().strip()
        return self.first and Path(f"/proc/{self.first}/comm").read_text() == "sleep\n"

    def start(self, script):
        """A shell as an operator's after signing in as root."""
        enter = ["nsenter", f"--target={self.first}", "--mount", "--net", "--pid", "--root", "--wd"]  # fmt: skip
        clean = ["env", "-i", "HOME=/root", "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]  # fmt: skip
        shell = ["bash", "-c", f"umask 022; cd /root; {script}"]
        return subprocess.Popen([*enter, *clean, *shell], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # fmt: skip

    def run(self, script):
        """What the script says, on both of its outputs; it has to end well."""
        process = self.start(script)
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return said

    def ask(self, path, *options):
        """Status and text of a page, as a visitor gets it from nginx."""
        command = "curl --silent --insecure --resolve knee.example:443:127.0.0.1 --write-out '\n%{http_code}'"
        said = self.run(f"{command} {' '.join(options)} 'https://knee.example{path}'")
        text, _, status = said.rpartition("\n")
        return int(status), text

    def end(self):
        self.holder.kill()
        self.holder.wait()
        self.output.close()
