/* One out of many, found by typing: a list under the field, by words or pinyin initials.
   select[data-combobox]: a field stands in its place that shows the whole label of what is chosen; the select
   keeps it and is sent. data-suggests="name" on a text field: the list of #suggests-name, one after the other
   with data-several. ↓ ↑ choose, Enter and Tab take, Escape leaves what was chosen. Scripts that set a select
   tell it by a change event. What is typed and is no option is kept and sent, so the page can say so. */
"use strict";
(() => {
  const SHOWN = 60;
  const fold = (text) => text.toLowerCase().replace(/[\s›·]+/g, "");
  let lists = 0;

  /* How well an option fits: 0 is what was meant, higher is less; null does not fit. */
  const fit = (option, text) => {
    const label = fold(option.label);
    const [name, ...letters] = option.keys.toLowerCase().split(" ");
    if (label === text || fold(name) === text || letters.includes(text)) return 0;
    if (fold(name).startsWith(text) || label.startsWith(text)) return 1;
    if (letters.some((one) => one.startsWith(text))) return 2;
    return label.includes(text) || fold(name).includes(text) ? 3 : null;
  };
  const found = (options, typed) => {
    const text = fold(typed);
    if (!text) return options;
    return options.map((one, n) => [fit(one, text), n, one]).filter(([grade]) => grade !== null)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , one]) => one);
  };

  /* The list under a field. take(option) is told what was chosen; typed() is what is looked for. */
  function listen(input, options, typed, take) {
    const list = Object.assign(document.createElement("ul"), { id: `combo-${++lists}`, className: "combo", hidden: true });
    list.setAttribute("role", "listbox");
    input.after(list);
    const set = (name, value) => input.setAttribute(name, value);
    set("role", "combobox"); set("aria-autocomplete", "list"); set("aria-controls", list.id); set("aria-expanded", "false");
    input.autocomplete = "off";
    let shown = [], at = -1;

    const close = () => { list.hidden = true; at = -1; set("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = (n) => {
      at = n;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === n)));
      const item = list.children[n];
      if (!item) { input.removeAttribute("aria-activedescendant"); return; }
      set("aria-activedescendant", item.id);
      list.scrollTop = Math.min(Math.max(list.scrollTop, item.offsetTop + item.offsetHeight - list.clientHeight), item.offsetTop);
    };
    const place = () => {
      const box = input.getBoundingClientRect(), below = window.innerHeight - box.bottom;
      list.style.maxHeight = "280px";
      const room = below > 180 ? below : box.top;
      const tall = Math.min(list.offsetHeight, room - 12);
      Object.assign(list.style, {
        left: `${box.left}px`, width: `${box.width}px`, maxHeight: `${tall}px`,
        top: `${room === below ? box.bottom + 2 : box.top - tall - 2}px`,
      });
    };
    const open = (text) => {
      shown = found(options(), text).slice(0, SHOWN);
      list.replaceChildren(...shown.map((one, n) => {
        const item = Object.assign(document.createElement("li"), { id: `${list.id}-${n}`, textContent: one.label });
        item.setAttribute("role", "option");
        if (one.more) item.append(Object.assign(document.createElement("span"), { className: "hint", textContent: ` ${one.more}` }));
        return item;
      }));
      if (!shown.length) { close(); return; }
      list.hidden = false;
      place();
      set("aria-expanded", "true");
      mark(text.trim() ? 0 : -1);
    };
    const choose = (n) => { const one = shown[n]; close(); take(one); };

    input.addEventListener("input", (event) => { if (!event.isComposing && event.isTrusted) open(typed()); });
    input.addEventListener("compositionend", () => open(typed()));
    input.addEventListener("click", () => { if (list.hidden) open(""); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (way) {
        if (list.hidden) open(""); else mark((at + way + shown.length) % shown.length);
      } else if (event.key === "Escape" && !list.hidden) close();
      else if (event.key === "Enter" && !list.hidden && at >= 0) {
        const isWritten = typed().trim() === shown[at].label;
        choose(at);
        if (isWritten || input.form?.matches("[data-strides]")) return;  // and on, as Enter does there
      } else {
        if (event.key === "Tab" && !list.hidden && at >= 0) choose(at);
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[role=option]");
      if (item) choose([...list.children].indexOf(item));
    });
    input.addEventListener("blur", close);
    window.addEventListener("scroll", (event) => { if (event.target !== list && !list.hidden) place(); }, { capture: true, passive: true });
    return close;
  }

  function fromSelect(select) {
    const input = Object.assign(document.createElement("input"), {
      id: select.id, className: select.className, placeholder: select.dataset.placeholder || "", required: select.required,
    });
    input.dataset.of = select.name;
    if (select.dataset.key) { input.dataset.key = select.dataset.key; delete select.dataset.key; }
    if (select.getAttribute("form")) input.setAttribute("form", select.getAttribute("form"));
    /* Beside the label, so that nothing below moves. */
    const said = Object.assign(document.createElement("span"), { className: "s", hidden: true });
    said.setAttribute("role", "status");
    const label = document.querySelector(`label[for="${select.id}"]`);
    if (label) label.append(" ", said); else select.after(said);
    select.removeAttribute("id");
    select.required = false;
    select.hidden = true;
    select.before(input);
    const options = () => [...select.options].filter((one) => one.value && one.dataset.keys !== undefined)
      .map((one) => ({ label: one.value, keys: one.dataset.keys, more: one.dataset.more || "" }));

    const show = () => {
      const chosen = select.selectedOptions[0];
      input.value = input.title = select.value;
      const isKnown = !select.value || chosen.dataset.keys !== undefined;
      const isProposed = isKnown && select.value && select.value === select.dataset.proposed;
      said.hidden = isKnown && !isProposed;
      said.className = isKnown ? "soon-text s" : "late-text s";
      said.textContent = isKnown ? select.dataset.proposedSaid : select.dataset.none;
      input.setAttribute("aria-invalid", String(!isKnown));
    };
    const keep = (label) => {
      select.querySelector("option[data-typed]")?.remove();
      if (label && ![...select.options].some((one) => one.value === label)) {
        const typed = new Option(label, label);
        typed.dataset.typed = "";
        select.add(typed);
      }
      const was = select.value;
      select.value = label;
      show();
      if (was !== label) select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    listen(input, options, () => input.value, (one) => keep(one.label));
    /* Left with words in it: what they name without doubt, else the words themselves. */
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("blur", () => {
      const typed = input.value.trim();
      if (typed === select.value) { show(); return; }
      const fits = typed ? found(options(), typed) : [];
      const meant = fits.filter((one) => fit(one, fold(typed)) === 0);
      keep(meant.length === 1 ? meant[0].label : fits.length === 1 ? fits[0].label : typed);
    });
    select.addEventListener("change", show);
    show();
  }

  const SEPARATOR = /[、,，;；]\s*/;
  function besideText(input) {
    const source = document.getElementById(`suggests-${input.dataset.suggests}`);
    if (!source) return;
    const options = () => JSON.parse(source.textContent);
    const several = "several" in input.dataset;
    const last = () => (several ? input.value.split(SEPARATOR).pop() : input.value);
    listen(input, options, last, (one) => {
      input.value = input.value.slice(0, input.value.length - last().length) + one.label;
      for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
    });
  }

  const enliven = (part) => {
    for (const one of part.querySelectorAll("select[data-combobox]:not([hidden])")) fromSelect(one);
    for (const one of part.querySelectorAll("input[data-suggests]:not([role=combobox])")) besideText(one);
  };
  enliven(document);
  document.addEventListener("htmx:load", ({ detail }) => { if (detail.elt.querySelectorAll) enliven(detail.elt); });
})();
