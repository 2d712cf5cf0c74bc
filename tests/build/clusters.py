"""A Dask cluster on this machine, of processes with folders of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from distributed import Client

from tests.build.waiting import until


class Cluster:
    """A scheduler and its workers, which keep their files and their logs in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        said = folder / "scheduler.json"
        self._scheduler = self._start(
            "scheduler", "--port", "0", "--scheduler-file", said, "--idle-timeout", "300"
        )
        assert until(lambda: said.exists() and said.read_text().endswith("}"), 60)
        self.address = json.loads(said.read_text())["address"]

    def _start(self, kind: str, *options: object, **environment: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "dask", kind, "--host", "127.0.0.1", "--no-dashboard", *options]
        with (self.folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(
                [*map(str, words)],
                cwd=self.folder,  # `-m` would import what lies in the current one
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )

    def start_worker(self, *options: object, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker of one thread, without a nanny unless an option asks for one."""
        own = self.folder / f"worker-{len(list(self.folder.iterdir()))}"
        own.mkdir()
        worker = self._start(
            *("worker", self.address, "--nthreads", 1, "--local-directory", own, "--death-timeout", 60),
            *(options or ("--no-nanny",)),
            **environment,
        )
        self.workers.append(worker)
        return worker

    def with_workers(self, n_workers: int) -> Cluster:
        """Bring the cluster to so many workers, all of which answer."""
        self.workers = [each for each in self.workers if each.poll() is None]
        while len(self.workers) > n_workers:
            self.end(self.workers[-1])
        while len(self.workers) < n_workers:
            self.start_worker()
        self.wait_for(n_workers)
        return self

    def wait_for(self, n_workers: int) -> None:
        """Wait until the scheduler knows so many workers."""
        with Client(self.address, timeout=60, set_as_default=False) as client:
            assert until(lambda: len(client.scheduler_info(n_workers=-1)["workers"]) == n_workers, 60)

    def end(self, worker: subprocess.Popen[bytes]) -> None:
        """End a worker as a system does that has no memory left."""
        worker.kill()
        worker.wait()
        self.workers.remove(worker)

    @property
    def processes(self) -> list[subprocess.Popen[bytes]]:
        return [*self.workers, self._scheduler]

    def end_all(self) -> None:
        for each in self.processes:
            each.kill()
            each.wait()
