/* Aids of the operator's desk; without them every button sends the form and the page comes back with it.
   The number is looked up in place when it was changed, by F1 pressed again, Enter or the button; the
   hand is in the text then. data-then on a button: where the hand goes once it was pressed. */
"use strict";
(() => {
  const phone = document.querySelector("[name=phone]");
  const button = document.getElementById("look-up");
  const content = document.getElementById("id_content");
  if (!phone || !window.htmx) return;

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
