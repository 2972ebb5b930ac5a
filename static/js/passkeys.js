// Passkeys: asks the browser on behalf of forms with data-passkey, and sends its answer with the form.
//
// The form stays an ordinary one: what the server says comes back as a page. Without this file it says that passkeys need it.

import { _ } from "./desk/words.js";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.querySelector("[data-without-script]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}

async function ask(form) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  say(form, "");
  try {
    if (!window.PublicKeyCredential) throw new TypeError(_("This browser knows no passkeys."));
    const options = await optionsOf(form);
    const answer = await (form.dataset.passkey === "create" ? create(options) : get(options));
    form.elements.passkey.value = JSON.stringify(answer);
    form.submit();
  } catch (error) {
    say(form, wordsFor(error, form));
  } finally {
    form.ariaBusy = "false";
  }
}

/** What the server wants asked. The fields of the form go with the question: a password is checked before anything is made. */
async function optionsOf(form) {
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  }).catch(() => null);
  const isJson = answer?.headers.get("Content-Type")?.startsWith("application/json");
  const said = isJson ? await answer.json() : {};
  if (answer?.ok && isJson) return said;
  throw new TypeError(said.error ?? _("The desk did not answer as it should. Load this page again."));
}

async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: options.excludeCredentials.map(described),
    },
  });
  return {
    ...common(made),
    response: { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject) },
  };
}

async function get(options) {
  const found = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: options.allowCredentials.map(described) },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
  return {
    ...common(found),
    response: {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle && text(userHandle),
    },
  };
}

const described = (one) => ({ ...one, id: bytes(one.id) });
const common = (credential) => ({ id: credential.id, rawId: text(credential.rawId), type: credential.type });

/** base64url, as the server writes bytes. */
function bytes(written) {
  const plain = atob(written.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function wordsFor(error, form) {
  if (error instanceof TypeError) return error.message;
  switch (error.name) {
    case "InvalidStateError":
      return _("This device has a passkey for your account already.");
    case "SecurityError":
      return _("Passkeys work only where the desk is at home. Open {address} and try again.", { address: form.dataset.desk });
    case "NotAllowedError":
      return _("Nothing happened: it was cancelled, took too long, or this device has no passkey for this desk.");
    default:
      return _("The browser could not do it ({name}). Try again, or use another way.", { name: error.name });
  }
}

function say(form, words) {
  const place = form.querySelector("[data-passkey-trouble]");
  place.textContent = words;
  place.hidden = !words;
}
