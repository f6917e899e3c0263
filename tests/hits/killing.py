"""A server under load, killed at random: readers who count the answers they got to the end."""

import http.client
import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
READERS = 4
PATIENCE_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """granian with two workers, and beside it a process that does nothing but fold."""

    def __init__(self, environ: dict[str, str], application: str, fold: list[str]) -> None:
        """`fold` is the command that folds for ever; without one the server folds alone."""
        self.environ = {**os.environ, **environ}
        self.application = application
        self.fold = fold
        self.port = free_port()
        self.server = self.serve()
        self.folder = self.start(self.fold) if fold else None

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environ,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def serve(self) -> subprocess.Popen[bytes]:
        options = (
            f"--interface wsgi --no-ws --host 127.0.0.1 --port {self.port} --log-level critical "
        )
        options += f"--workers {WORKERS} --blocking-threads 4 --respawn-failed-workers"
        return self.start([sys.executable, "-m", "granian", *options.split(), self.application])

    def supervise(self) -> None:
        """As systemd does: granian ends itself when a worker dies twice within seconds."""
        if self.server.poll() is not None:
            self.end(self.server)
            self.server = self.serve()

    def workers(self) -> list[int]:
        """Those whose parent is the server's main process."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                name, _, rest = status.read_text().rpartition(")")
                if int(rest.split()[1]) == self.server.pid:
                    found.append(int(name.partition(" ")[0]))
        return found

    # What may be killed; each kills in one instant and starts again what does not come by itself.

    def kill_a_worker(self, chance: random.Random) -> None:
        if workers := self.workers():
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)

    def kill_the_server(self, chance: random.Random) -> None:
        self.end(self.server)
        self.server = self.serve()

    def kill_the_fold(self, chance: random.Random) -> None:
        self.end(self.folder)
        self.folder = self.start(self.fold)

    def kill_everything(self, chance: random.Random) -> None:
        for process in (self.folder, self.server):
            os.killpg(process.pid, signal.SIGKILL)
        self.kill_the_server(chance)
        self.kill_the_fold(chance)

    def end(self, process: subprocess.Popen[bytes] | None) -> None:
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """As hard as everything else."""
        for process in (self.server, self.folder):
            self.end(process)


class Readers:
    """Each opens the page again and again, every time as another visitor."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path = port, path
        self.answered = [0] * READERS
        self.broken = [0] * READERS  # asked, and not answered to the end
        self.stop = threading.Event()
        self.threads = [
            threading.Thread(target=self.read, args=(place,)) for place in range(READERS)
        ]
        for thread in self.threads:
            thread.start()

    def read(self, place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        for number in itertools.count():
            if self.stop.is_set():
                break
            agent = f"Mozilla/5.0 (X11; {place}.{number}) Gecko/20100101 Firefox/128.0"
            try:
                if connection.sock is None:
                    connection.connect()
            except OSError:
                time.sleep(0.01)
                continue
            try:
                connection.request("GET", self.path, headers={"User-Agent": agent})
                response = connection.getresponse()
                response.read()
                assert response.status == 200
                self.answered[place] += 1
            except (OSError, http.client.HTTPException):
                self.broken[place] += 1
                connection.close()
        connection.close()

    def wait_for(self, more: int, server: Server) -> None:
        wanted, until = sum(self.answered) + more, time.monotonic() + PATIENCE_S
        while sum(self.answered) < wanted:
            assert time.monotonic() < until, "the server did not come back"
            server.supervise()
            time.sleep(0.002)

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


def kill_at_random(
    server: Server, path: str, kills: int, count: Callable[[], tuple[int, int]], seed: int
) -> None:
    """Kill and recover; then hold the count to what the readers saw. `count` folds what is left and
    gives the views and how many journals there are then.
    """
    chance = random.Random(seed)
    ways = [
        server.kill_a_worker,
        server.kill_the_fold,
        server.kill_the_server,
        server.kill_everything,
    ]
    readers = Readers(server.port, path)
    try:
        readers.wait_for(20, server)
        for kill in range(kills):
            (ways[kill] if kill < len(ways) else chance.choice(ways))(chance)
            readers.wait_for(chance.randrange(10, 300), server)
            time.sleep(0.05 * chance.random())
    finally:
        server.stop()
        readers.end()
    views, journals = count()
    answered, broken = sum(readers.answered), sum(readers.broken)
    assert answered <= views <= answered + broken, (answered, views, broken)
    assert views - answered <= READERS * (
        kills + 1
    )  # no more were in flight; the last one is stop()
    assert journals == 0
