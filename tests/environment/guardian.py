"""Run a server for as long as the one who started this lives, and clean up after it.

`python guardian.py UID GID SIGNAL FOLDER COMMAND…`, run by `servers.guarded`. The starter holds the
other end of our standard input; when it goes, however it went (also by SIGKILL), we read the end
of the file, stop the server by its id, and remove its folder. Standard library only.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading

PATIENCE_SECONDS = 10


def main(uid: int, gid: int, stop_by: int, folder: str, command: list[str]) -> int:
    """Run `command` in `folder`; return its exit status."""
    # Ctrl+C reaches the whole terminal; the starter decides when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other = uid != os.geteuid()
    server = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        user=uid if other else None,
        group=gid if other else None,
        extra_groups=[] if other else None,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    threading.Thread(target=_stop_at_end, args=(server, stop_by), daemon=True).start()
    status = server.wait()
    shutil.rmtree(folder, ignore_errors=True)
    return status


def _stop_at_end(server: subprocess.Popen[bytes], stop_by: int) -> None:
    while os.read(0, 1024):
        pass
    server.send_signal(stop_by)
    try:
        server.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4]), sys.argv[4], sys.argv[5:]))
