"""What the publishers have that we do not: ask, download what is newer, hand it to ingest."""
