"""Published files in, warehouse out. Uses ``insight.statistics`` and nothing else of ``insight``."""
