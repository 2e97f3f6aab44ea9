"""Models as SVG: the public site and the printed briefing. Bars, lines and stacks by way of Vega-Lite, the rest written here."""
