/* Small aids of a page; everything works without them.
   data-key="F10" on a button, link or field: that key presses, follows or focuses it. A single
   letter or "/" counts only while nothing is being typed. data-print: prints the page.
   data-once on a form: its buttons rest after the first sending. */
"use strict";
(() => {
  const typing = (element) => element.matches("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  const seen = (element) => element.offsetParent !== null && !element.disabled;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key.length === 1 && typing(event.target)) return;
    if (event.key === "Enter" && event.target.matches("a, button, summary, input, textarea, select")) return;
    const goal = [...document.querySelectorAll("[data-key]")]
      .find((element) => element.dataset.key.toLowerCase() === event.key.toLowerCase() && seen(element));
    if (!goal) return;
    event.preventDefault();
    if (typing(goal)) { goal.focus(); goal.select?.(); } else goal.click();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-once]")) delete form.dataset.sent;
  });
})();
