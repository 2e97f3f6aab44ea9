"""Charts: a data frame in, a model out (`model/`), which `render_plotly`, `render_svg` and `render_office` draw.

A model has the question that it answers, what it shows in words, and every text ready. Charts that only the screen shows are
drawn at once, as a `Chart`. No module here knows Streamlit or SQL, and of statistics only its words: limits, intervals,
verdicts and trends come in the frame. One chart family a module: bars, shares, tile_map, areas, trends, multiples, funnel,
caterpillar, distribution, spine, rug, grades, grade_counts, grade_scatter, inspections, case_audits, recommendations. What they
share: palette (colours), marks and hatches, template (house style and CONFIG), chart (Chart, words), key (the marks in words),
labels (room for text), cells (tiles and stacks), series (where a line may run), excerpt (fewer bars).
"""
