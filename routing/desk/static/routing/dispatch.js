/* Aids of the dispatcher's desk; everything works without them.
   A suggestion brings its assisting units along, a reason its legal route, unless somebody wrote. */
"use strict";
(() => {
  const written = new WeakSet();
  const fill = (field, text) => { if (field && !written.has(field)) field.value = text; };

  document.addEventListener("input", (event) => {
    if (event.isTrusted) written.add(event.target);
    if (event.target.name !== "other" || !event.target.value) return;
    const other = document.querySelector("input[name=unit][value=other]");
    if (other) other.checked = true;
  });

  // Enter in the part that settles settles; the form it belongs to would send.
  document.addEventListener("keydown", (event) => {
    const part = event.key === "Enter" && event.target.closest("[data-enter]");
    if (!part || event.target.matches("button, summary")) return;
    event.preventDefault();
    document.getElementById(part.dataset.enter).click();
  });

  // Suggestions that arrive while somebody writes leave what was written.
  const kept = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    kept.clear();
    for (const name of ["other", "assisting"]) {
      const field = document.querySelector(`#advice input[name=${name}]`);
      if (field && written.has(field))
        kept.set(name, [field.value, field === document.activeElement && field.selectionStart]);
    }
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const [name, [value, caret]] of kept) {
      const field = document.querySelector(`#advice input[name=${name}]`);
      if (!field) continue;
      field.value = value;
      written.add(field);
      if (name === "other" && value) document.querySelector("input[name=unit][value=other]").checked = true;
      if (caret !== false) { field.focus(); field.setSelectionRange(caret, caret); }
    }
  });

  document.addEventListener("change", (event) => {
    const one = event.target;
    if (one.matches("input[name=unit]")) {
      const other = document.querySelector("input[name=other]");
      if (one.value === "other") { other.focus(); return; }
      if (other) other.value = "";
      fill(document.querySelector("input[name=assisting]"), one.dataset.assisting || "");
    }
    if (one.dataset.fills) {
      const texts = JSON.parse(document.getElementById("guidance").textContent);
      fill(document.getElementById(one.dataset.fills), texts[one.value] || "");
    }
  });
})();
