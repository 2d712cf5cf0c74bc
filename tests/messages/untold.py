"""List the messages of the program that no test triggers: `python -m tests.messages.untold -m "not slow"`.

It runs pytest with its own arguments, and listens in every process; tests of timing may fail under it. Where
`PORTRAIT_MESSAGES` names a folder, what was heard stays there: rooms may be run one after the other.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from portrait.handbook.messages import PACKAGE, said_at

LISTENING = Path(__file__).parent / "listening"


def untold(arguments: Sequence[str]) -> list[str]:
    """Run tests and return a line for each message that none of them, or of earlier runs, triggered."""
    kept = os.environ.get("PORTRAIT_MESSAGES")
    with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder:
        Path(folder).mkdir(exist_ok=True)
        path = os.pathsep.join([str(PACKAGE.parent), str(LISTENING)])
        environment = os.environ | {"PORTRAIT_MESSAGES": folder, "PYTHONPATH": path}
        command = [sys.executable, "-m", "pytest", "-q", *arguments]
        subprocess.run(command, cwd=PACKAGE.parent, env=environment, check=False)
        told = {place for noted in Path(folder).iterdir() for place in noted.read_text("utf-8").split()}
    return [
        f"{path.relative_to(PACKAGE).as_posix()}, line {line}: {said.en}"
        for path in sorted(PACKAGE.rglob("*/*.py"))
        for (line, column), said in said_at(path.read_text("utf-8")).items()
        if f"{path}:{line}:{column}" not in told
    ]


if __name__ == "__main__":
    print("\n".join(untold(sys.argv[1:])))
