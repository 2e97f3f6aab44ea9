"""Forces beside one another: the average, most alike forces, the spine, the funnel's lines, the watch list."""
