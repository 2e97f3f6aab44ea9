"""Models as SVG through Vega-Lite: the public site and the printed briefing."""
