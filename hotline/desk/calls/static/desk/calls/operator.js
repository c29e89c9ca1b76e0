/* Aids of the operator's desk; without them every button sends the form and the page comes back with it.
   The number is looked up in place when it was changed, by F1 pressed again, Enter or the button; the
   hand is in the text then. data-then on a button: where the hand goes once it was pressed.
   One unit only is chosen, a suggestion or another; a suggestion found through the catalogue brings its category
   along, unless somebody wrote one; words of danger propose urgent, unless somebody chose how urgent it is. */
"use strict";
(() => {
  const phone = document.querySelector("[name=phone]");
  const button = document.getElementById("look-up");
  const content = document.getElementById("id_content");
  if (!phone || !window.htmx) return;

  const lead = document.querySelector("select[name=lead]");
  const category = document.querySelector("select[name=category]");
  const set = (select, value) => { select.value = value; select.dispatchEvent(new Event("change", { bubbles: true })); };
  const offers = () => [...document.querySelectorAll("[name=suggested]")];
  let isWritten = category.value !== "" && category.value !== category.dataset.proposed;
  document.getElementById("id_category").addEventListener("input", () => { isWritten = true; });
  const bringCategory = () => {
    const path = offers().find((one) => one.checked)?.dataset.category;
    if (isWritten || !path || category.value === path) return;
    category.dataset.proposed = path;
    set(category, path);
  };
  const urgency = (value) => document.querySelector(`[name=urgency][value=${value}]`);
  let isJudged = !urgency("normal").checked;
  const bringUrgency = () => {
    if (isJudged) return;
    const one = urgency(document.querySelector("#advice [data-urgent]") ? "urgent" : "normal");
    if (one.checked) return;
    one.checked = true;
    one.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /* What a person ticked or chose while advice was on its way stands when it arrives. */
  const ticks = new Map();
  let byHand = document.querySelector("[name=chose]").value ? offers().find((one) => one.checked)?.value : "";
  const asChosen = () => {
    for (const box of document.querySelectorAll("[name=assisting]"))
      if (ticks.has(box.value)) box.checked = ticks.get(box.value);
    const own = offers().find((one) => one.value === byHand);
    if (own) own.checked = true;
    if (lead.value) for (const one of offers()) one.checked = false;
    document.querySelector("[name=chose]").value = own ? "1" : "";
  };
  document.addEventListener("change", (event) => {
    if (event.target.name === "urgency" && event.isTrusted) isJudged = true;
    if (event.target.name === "assisting") ticks.set(event.target.value, event.target.checked);
    if (event.target.name === "suggested") {
      byHand = event.target.value;
      document.querySelector("[name=chose]").value = "1";
      if (lead.value) set(lead, "");
      bringCategory();
    } else if (event.target === lead && lead.value) {
      const same = offers().find((one) => one.dataset.lead === lead.value);
      byHand = same?.value || "";
      for (const one of offers()) one.checked = one === same;
      document.querySelector("[name=chose]").value = same ? "1" : "";
      if (same) set(lead, "");
    }
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => { 
    if (detail.target.id !== "advice") return;
    asChosen();
    bringCategory();
    bringUrgency();
  });
  bringCategory();
  bringUrgency();

  let asked = null;
  const ask = () => { asked = phone.value; window.htmx.trigger(button, "look-up"); };
  phone.addEventListener("change", () => { if (phone.value !== asked) ask(); });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    ask();
    content.focus();
  });
  phone.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    button.click();
  });
  document.addEventListener("click", (event) => {
    const then = event.target.closest("[data-then]")?.dataset.then;
    if (then) document.querySelector(then).focus();
  });
})();
