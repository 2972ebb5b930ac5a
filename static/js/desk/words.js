// The words of the scripts in the page's language: the server puts them on <body data-words>, by their English.

// How gettext counts its forms, in the names of Intl.PluralRules; what is none of them takes the last form.
const FORMS = { 2: ["one", "other"], 3: ["one", "few", "many"] };
const said = JSON.parse(document.body?.dataset.words ?? "{}");

/** The message in the page's language. `values` fill {name} in it. */
export function _(message, values = {}) {
  return filled(said[message]?.[0] ?? message, values);
}

/** The form of the message for this count, which fills {count}. */
export function ngettext(one, many, count) {
  const forms = said[one] ?? [one, many];
  const language = said[one] ? document.documentElement.lang : "en";
  const at = (FORMS[forms.length] ?? []).indexOf(new Intl.PluralRules(language.startsWith("qps") ? "en" : language).select(count));
  return filled(forms.at(at), { count: shownNumber(count, language) });
}

/** 1,234 as the page's language writes it. */
export function shownNumber(number, language = document.documentElement.lang) {
  return new Intl.NumberFormat(language.startsWith("qps") ? "en" : language).format(number);
}

function filled(message, values) {
  return message.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
