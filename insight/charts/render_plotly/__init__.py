"""Models as Plotly figures: the screen."""
