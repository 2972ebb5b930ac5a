// Names of time zones to complete what is typed: the browser knows them all, so the page needs not bring them.

/** Let the field for a time zone offer names, the browser's own first. */
export function offerZones() {
  const field = document.querySelector('input[data-list="zones"]');
  if (!field || !Intl.supportedValuesOf) return;
  field.addEventListener("focus", () => offer(field), { once: true });
}

function offer(field) {
  const list = document.createElement("datalist");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const value of new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])) {
    if (value) list.append(Object.assign(document.createElement("option"), { value }));
  }
  list.id = field.dataset.list;
  field.after(list);
  field.setAttribute("list", list.id);
}
