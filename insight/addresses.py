"""Where the public site keeps what others link to: its editions, and the figures as JSON. An address never changes."""

from __future__ import annotations

FOLDER, LATEST = "snapshots", "latest"  # editions lie beside each other in the folder; "latest" is the newest of them
FORCES_FILE = "api/v1/forces.json"
FORCE_FILE = "api/v1/force/{code}.json"
MEASURE_FILE = "api/v1/measure/{measure}.json"
