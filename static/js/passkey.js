/* Asks the device for a passkey before a form[data-passkey] is sent, and puts its answer into the
   field named credential. data-passkey is "create" or "get"; what to ask for stands in the element
   data-passkey-options names, or comes from the address data-passkey-from. A form that is hidden is
   shown where passkeys can be used. webauthnJSON comes from allauth's webauthn-json.js. */

const SENTENCES = {
  NotAllowedError: "Permintaan dibatalkan atau waktunya habis. Coba lagi.",
  InvalidStateError: "Perangkat ini sudah menyimpan kunci sandi untuk akun ini.",
  SecurityError: "Kunci sandi tidak dapat dipakai pada alamat situs ini.",
};
const OTHERWISE = "Kunci sandi tidak dapat dipakai saat ini. Coba lagi, atau gunakan cara lain.";

async function options(form) {
  if (form.dataset.passkeyOptions) {
    return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  }
  const answer = await fetch(form.dataset.passkeyFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

async function create(form) {
  const { creation_options: asked } = await options(form);
  const wanted = asked.publicKey.authenticatorSelection;
  const alone = form.elements.passwordless.checked;
  wanted.residentKey = alone ? "required" : "discouraged";
  wanted.requireResidentKey = alone;
  if (alone) wanted.userVerification = "required";
  return window.webauthnJSON.create(asked);
}

async function get(form) {
  const { request_options: asked } = await options(form);
  return window.webauthnJSON.get(asked);
}

async function send(form) {
  const said = form.querySelector("[data-passkey-error]");
  said.textContent = "";
  try {
    const credential = await (form.dataset.passkey === "create" ? create : get)(form);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    said.textContent = SENTENCES[error.name] ?? OTHERWISE;
  }
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  if (window.PublicKeyCredential) form.hidden = false;
});
