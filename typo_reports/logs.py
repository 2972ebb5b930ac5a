"""Logs: one line for each event, as text or JSON, without control characters."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class LineFormatter(logging.Formatter):
    """One line an event; a trace is folded into it so that nothing can forge a second line."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        text = record.getMessage()
        if record.exc_info:
            text += " | " + self.formatException(record.exc_info)
        if self.as_json:
            line = {"at": at, "level": record.levelname, "logger": record.name, "event": text}
            return json.dumps(line)
        return _CONTROL.sub(" ", f"{at} {record.levelname} {record.name}: {text}")


def set_up_logging(log_format: str) -> None:
    """Send everything of level INFO and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(as_json=log_format == "json"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
