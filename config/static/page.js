/* Small aids of a page; everything works without them.
   data-key="F10" on a button, link or field: that key presses, follows or focuses it. A single
   letter or "/" counts only while nothing is being typed; what stands in the page comes before the bar.
   data-again="#id" on such a field: the key pressed once more, when something is typed there, presses that.
   data-strides on a form: Enter in a field of one line goes to the next field and sends nothing.
   data-step on the links of a list: j and ↓ go to the next, k and ↑ to the one before, by focus alone; from the
   search box ↓ goes to the first and Escape back to the last one looked at. data-print: prints the page.
   data-once on a form: its buttons rest after the first sending.
   data-failed on a part that is fetched or saved by itself: said in its place, or in the link
   marked data-retry, when that fails.
   Whoever was logged out logs in beside this page, so a form is always sent with the newest token. */
"use strict";
(() => {
  const typing = (element) => element.matches("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  const seen = (element) => element.offsetParent !== null && !element.disabled;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key.length === 1 && typing(event.target)) return;
    if (event.key === "Enter" && event.target.matches("a, button, summary, input, textarea, select")) return;
    const goals = [...document.querySelectorAll("[data-key]")]
      .filter((element) => element.dataset.key.toLowerCase() === event.key.toLowerCase() && seen(element));
    const goal = goals.find((element) => element.closest("main")) || goals[0];
    if (!goal) return;
    event.preventDefault();
    if (goal === document.activeElement && goal.dataset.again && goal.value.trim())
      document.querySelector(goal.dataset.again).click();
    else if (typing(goal)) { goal.focus(); goal.select?.(); } else goal.click();
  });

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
    if (!field.form?.matches("[data-strides]") || !field.matches("input, select")) return;
    event.preventDefault();
    const fields = [...field.form.elements].filter((one) => one.matches("input, select, textarea") && seen(one));
    const rest = fields.slice(fields.indexOf(field) + 1);
    rest.find((one) => one.type !== "radio" || (one.name !== field.name && one.checked))?.focus();
  });

  const ways = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  let last = null;
  document.addEventListener("focusin", (event) => { if (event.target.matches("[data-step]")) last = event.target; });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const way = ways[event.key] || ways[event.key.toLowerCase()];
    if (!way && event.key !== "Escape") return;
    const steps = [...document.querySelectorAll("[data-step]")].filter(seen);
    const box = event.target.matches("input[name=q]");
    const here = steps.indexOf(event.target);
    if (box && !(event.key === "Escape" || event.key === "ArrowDown")) return;
    if (!box && typing(event.target)) return;
    let goal = null;
    if (event.key === "Escape") goal = box && (steps.includes(last) ? last : steps[0]);
    else if (box) goal = steps[0];
    else if (here >= 0) goal = steps[here + way] || (here + way < 0 && document.querySelector("main [data-key='/']"));
    else if (event.key.length === 1) goal = steps.includes(last) ? steps[steps.indexOf(last) + way] : steps[0];
    if (!goal) return;
    event.preventDefault();
    goal.focus();
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

  /* What is told over the page goes by itself unless it went wrong or offers something to press. */
  for (const note of document.querySelectorAll(".notes .note")) {
    const close = Object.assign(document.createElement("button"), { type: "button", className: "close", textContent: "×" });
    close.setAttribute("aria-label", note.parentElement.dataset.close);
    close.addEventListener("click", () => note.remove());
    const stays = note.matches(".note--late") || note.querySelector("a, button, input");
    note.append(close);
    if (stays) continue;
    const go = () => (note.matches(":hover, :focus-within") ? setTimeout(go, 2000) : note.remove());
    setTimeout(go, 12000);
  }

  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  document.addEventListener("submit", (event) => {
    const field = event.target.elements.csrfmiddlewaretoken;
    if (field && token()) field.value = token();
  });
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.parameters.csrfmiddlewaretoken && token()) detail.parameters.csrfmiddlewaretoken = token();
  });
  for (const kind of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(kind, ({ detail: { elt, target } }) => {
      if (!elt.dataset.failed) return;
      const said = Object.assign(document.createElement("span"), { className: "late-text", textContent: elt.dataset.failed });
      (target.querySelector("[data-retry]") || target).replaceChildren(said);
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-once]")) delete form.dataset.sent;
  });
})();
