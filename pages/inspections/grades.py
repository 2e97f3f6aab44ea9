import streamlit as st
from ui.choices import chosen
from ui import address
c=chosen()
address.show_remarks()
st.title("inspections/grades")
st.write(f"{c.force.name} | {c.measure.measure_id} | {c.period_end} | {c.compared}")
