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
  document.addEventListener("keydown", (event) => {
    byKey = event.key === "Tab";
    if (byKey) passThroughWhatIsOpen(event);
  }, true);
  // What Cite or Briefing opens lies at the end of the document, a whole page of stops away: Tab goes into it from its button, and
  // out of it to what follows the button; Shift and Tab go back to the button.
  function passThroughWhatIsOpen(event) {
    const button = document.querySelector("[data-testid=stPopoverButton][aria-expanded=true]");
    const opened = document.querySelector("[data-testid=stPopoverBody]");
    if (!button || !opened) return;
    const stops = [...opened.querySelectorAll("a[href], button, input, [tabindex='0']")]
      .filter((one) => one.tabIndex >= 0 && !one.disabled && one.offsetParent);
    const from = document.activeElement, inward = from === button && !event.shiftKey;
    if (!stops.length || (!inward && from !== stops[event.shiftKey ? 0 : stops.length - 1])) return;
    (inward ? stops[0] : button).focus();
    if (inward || event.shiftKey) event.preventDefault();  // else the browser goes on from the button
  }
  document.addEventListener("pointerdown", () => { byKey = false; }, true);
  document.addEventListener("focusin", (event) => {
    const group = event.target.closest("[role=radiogroup]");
    if (!byKey || !group || group.contains(event.relatedTarget)) return;
    const chosen = group.querySelector("[role=radio][aria-checked=true]");
    if (chosen && chosen !== event.target) chosen.focus();
  });
}
