/* #to-whom says whom the form goes to, as it stands. The lead: what is written in [data-lead-typed], else the ticked
   [data-lead]. Who assists: what is written in [data-assists-typed], else the ticked [data-assists] beside that lead. */
"use strict";
(() => {
  const line = document.getElementById("to-whom");
  if (!line) return;

  const say = () => {
    const written = document.querySelector("select[data-lead-typed], input[data-lead-typed]")?.value.trim();
    const ticked = document.querySelector("[data-lead]:checked");
    const lead = written || ticked?.dataset.lead;
    const field = document.querySelector("[data-assists-typed]");
    const boxes = written ? [] : [...(ticked?.closest("li").querySelectorAll("[data-assists]:checked") || [])];
    const others = field ? field.value.trim() : boxes.map((one) => one.dataset.assists).join("、");
    const words = lead ? (others ? line.dataset.with : line.dataset.to) : line.dataset.none;
    line.textContent = words.replace("{lead}", lead).replace("{others}", others);
  };
  for (const kind of ["change", "input", "htmx:afterSwap", "pageshow"]) window.addEventListener(kind, () => setTimeout(say));
  say();
})();
