"""A server and all its processes, as Linux tells of them: how long they computed, what they hold."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

TICKS_PER_S = os.sysconf("SC_CLK_TCK")
PATIENCE_S = 30.0


class Server:
    """A running server with its children, at `url` (no slash at its end)."""

    def __init__(self, process: subprocess.Popen, url: str) -> None:
        self.process = process
        self.url = url

    def workers(self) -> list[int]:
        """Process identifiers of the children, which do the work."""
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = _after_name(path)
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents[int(path.parent.name)] = int(fields[1])
        return [pid for pid, parent in parents.items() if parent == self.process.pid]

    def cpu_s(self) -> float:
        """Seconds its processes have computed, in the program and in the kernel for it."""
        ticks = 0
        for pid in [self.process.pid, *self.workers()]:
            fields = _after_name(Path(f"/proc/{pid}/stat"))
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS_PER_S

    def pss_bytes(self) -> list[int]:
        """Of each worker its proportional share of memory: shared pages are split among sharers."""
        held = []
        for pid in self.workers():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    held.append(int(line.split()[1]) * 1024)
        return held


def _after_name(stat: Path) -> list[str]:
    """The fields of /proc/PID/stat from the state on; the name before it may hold spaces."""
    return stat.read_text().rpartition(")")[2].split()


@contextmanager
def running(
    command: Sequence[str], url: str, *, probe: str, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server from its first answer to `probe` until the block ends. Raises RuntimeError."""
    process = subprocess.Popen(  # noqa: S603  programs of the benchmark's own choice
        command, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL
    )
    try:
        first_answer_s(process, url + probe)
        yield Server(process, url)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def first_answer_s(process: subprocess.Popen, url: str) -> float:
    """Wait for the first answer 200; seconds from now until then. Raises RuntimeError."""
    start = time.monotonic()
    while time.monotonic() - start < PATIENCE_S:
        if process.poll() is not None:
            break
        try:
            with urlopen(url) as answer:  # noqa: S310  an address of this machine
                answer.read()
                return time.monotonic() - start
        except (URLError, ConnectionError):
            time.sleep(0.005)
    raise RuntimeError(f"No server answered at {url}.")
