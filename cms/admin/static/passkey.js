// Passkeys: lets the browser make or show one, and sends what it answers as the form that the page has for it.
// Words come from the page (data-…). Without this script, or in an older browser, those forms stay hidden.
"use strict";

const ask = {
  create: (options) => ({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) => ({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

async function answered(form) {
  const told = await fetch(form.dataset.ask, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const options = await told.json();
  if (!told.ok) throw new Error(options.trouble);
  const how = form.dataset.passkey;
  const credential = await navigator.credentials[how](ask[how](options)).catch(() => null);
  if (!credential) throw new Error(form.dataset.trouble);
  return JSON.stringify(credential.toJSON());
}

async function submit(event) {
  event.preventDefault();
  const form = event.currentTarget, { trouble, credential } = form.elements;
  trouble.textContent = "";
  event.submitter.disabled = true;
  try {
    credential.value = await answered(form);
    form.submit();
  } catch (error) {
    const ours = error.constructor === Error;
    trouble.textContent = ours ? error.message : form.dataset.trouble;
    event.submitter.disabled = false;
  }
}

if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  for (const form of document.querySelectorAll("[data-passkey]")) form.addEventListener("submit", submit);
  for (const part of document.querySelectorAll("[data-with-passkeys]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-passkeys]")) part.hidden = true;
}
