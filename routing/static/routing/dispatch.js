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
