"""Charts: a data frame in, a chart out (what it shows, the question it answers, its text alternative).

No module here knows Streamlit or SQL, and of statistics only its words: limits, intervals, verdicts and trends come in the
frame. One chart family a module. Charts that several outputs show fill a model (package model) which render_plotly draws for
the screen, render_svg for the public site and print, render_office for slides: trends and multiples. The others give a Plotly
figure (chart.Chart): bars, tile_map, funnel, caterpillar, distribution, spine, rug, grades, grade_counts, grade_scatter,
inspections, case_audits, recommendations. What they share: palette (colours and marks), template (house style and CONFIG), key
(the key under a chart), chart (Chart, rows, parts of an alternative), labels (room for text), cells (tiles and stacks), series
(where a line may run).
"""
