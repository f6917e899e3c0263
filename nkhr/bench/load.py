"""Load by wrk: so many connections that each ask again as soon as they are answered."""

from __future__ import annotations

import re
import statistics
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .processes import Server

CONNECTIONS, THREADS = 32, 2
UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
# Without one every reader would be a robot.
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
}


@dataclass(frozen=True)
class Load:
    """Answers a second; half and 99 of 100 of them were there within so many milliseconds; what
    the server computed for one, in microseconds.
    """

    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float


def ask(wrk: str, server: Server, path: str, *, headers: Mapping[str, str], seconds: float) -> Load:
    """Raises RuntimeError when any answer was neither 2xx nor 3xx, or a connection broke."""
    options = ["--latency", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds:g}s"]
    for name, value in {**BROWSER, **headers}.items():
        options += ["-H", f"{name}: {value}"]
    before = server.cpu_s()
    done = subprocess.run(  # noqa: S603  wrk, of this machine
        [wrk, *options, server.url + path], capture_output=True, text=True, check=True
    )
    spent = server.cpu_s() - before
    return read(done.stdout, spent)


def read(output: str, cpu_s: float) -> Load:
    """What wrk printed, with the computing time of the server. Raises RuntimeError."""
    if wrong := re.search(r"(Non-2xx or 3xx responses|Socket errors): .*", output):
        raise RuntimeError(wrong[0])
    answers = re.search(r"(\d+) requests in", output)
    per_s = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if not answers or not per_s:
        raise RuntimeError(f"wrk said: {output}")
    return Load(
        per_s=float(per_s[1]),
        p50_ms=_percentile(output, 50),
        p99_ms=_percentile(output, 99),
        cpu_us=cpu_s / max(1, int(answers[1])) * 1e6,
    )


def _percentile(output: str, number: int) -> float:
    found = re.search(rf"^\s*{number}%\s+([\d.]+)(us|ms|s)\s*$", output, re.M)
    if not found:
        raise RuntimeError(f"wrk said: {output}")
    return float(found[1]) * UNITS_MS[found[2]]


def median(loads: Iterable[Load]) -> Load:
    """The median of each number by itself."""
    rows: Sequence[Load] = list(loads)
    return Load(
        *(
            statistics.median(getattr(row, name) for row in rows)
            for name in ("per_s", "p50_ms", "p99_ms", "cpu_us")
        )
    )
