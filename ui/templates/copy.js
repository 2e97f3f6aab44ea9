if (!window.copiesLinks) {
  window.copiesLinks = true;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button) return;
    event.preventDefault();
    const said = button.querySelector("[data-said]"), before = said.textContent;
    try { await navigator.clipboard.writeText(button.dataset.copies); said.textContent = "Copied"; }
    catch { window.prompt("Copy this link", button.dataset.copies); }
    setTimeout(() => { said.textContent = before; }, 2500);
  });
  // Of buttons of which one is chosen, Tab comes to the chosen one, as to a radio button; Streamlit's begin at the first.
  let byKey = false;
  document.addEventListener("keydown", (event) => { byKey = event.key === "Tab"; }, true);
  document.addEventListener("pointerdown", () => { byKey = false; }, true);
  document.addEventListener("focusin", (event) => {
    const group = event.target.closest("[role=radiogroup]");
    if (!byKey || !group || group.contains(event.relatedTarget)) return;
    const chosen = group.querySelector("[role=radio][aria-checked=true]");
    if (chosen && chosen !== event.target) chosen.focus();
  });
}
