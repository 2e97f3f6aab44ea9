"""Charts: a data frame in, a `Chart` out (figure, the question it answers, what it shows in words).

No module here knows Streamlit or SQL, and of statistics only its words: limits, intervals, verdicts and trends come in the
frame. One chart family a module: bars, tile_map, trends, multiples, funnel, caterpillar, distribution, spine, rug, grades,
grade_counts, grade_scatter, inspections, case_audits, recommendations. What they share: palette (colours and marks), template
(house style and CONFIG), chart (Chart, words, numbers), labels (room for text), cells (tiles and stacks), series (where a line
may run), line_traces (lines and their marks).
"""
