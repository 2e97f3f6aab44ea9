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
}
