"""Models as native Office charts: the slides."""
