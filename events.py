"""What happened, a line of JSON each on the error stream, where ``FORCE_LOG`` is ``json``: for operators, without personal data.

No address, no search and no choice of a reader is ever in a line: only what the program itself did.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from environment import LOG, LOG_FORM


def tell(event: str, **fields: str | int | float) -> None:
    """Write one line: the time, the event and its fields; nothing where no log is asked for or nobody can be told."""
    if LOG.value != LOG_FORM:
        return
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **fields}, ensure_ascii=False)
    try:
        print(line, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        return
