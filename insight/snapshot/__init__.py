"""The public snapshot: a dated, checkable publication of one build as plain files."""
