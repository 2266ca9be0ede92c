/* Keeps what was done on form[data-draft] in this tab until it is signed, so that a reload or a
   browser that threw the page away loses nothing. Other people's drafts have other names. */

const form = document.querySelector("form[data-draft]");
const name = form && `ikrar:${form.dataset.draft}`;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

/* Not once it is on its way: then nothing of it stays (forgetDraft). */
function keep() {
  if ("sending" in form.dataset) return;
  const { method, strokes, typed_name: typedName, consent } = form.elements;
  const draft = {
    points: [...form.querySelectorAll("[name=points]:checked")].map((box) => box.value),
    method: method.value,
    strokes: strokes.value,
    typedName: typedName.value,
    consent: consent.checked,
  };
  try {
    sessionStorage.setItem(name, JSON.stringify(draft));
  } catch {
    /* Storage is full or switched off: the page works without a draft. */
  }
}

function restore(draft) {
  for (const box of form.querySelectorAll("[name=points]")) {
    box.checked = draft.points.includes(box.value);
  }
  form.elements.method.value = draft.method;
  form.elements.strokes.value = draft.strokes;
  form.elements.typed_name.value = draft.typedName;
  form.elements.consent.checked = draft.consent;
}

export function forgetDraft() {
  try {
    sessionStorage.removeItem(name);
  } catch {
    /* No storage, no draft. */
  }
}

if (form) {
  const draft = "fresh" in form.dataset && read();
  if (draft) restore(draft);
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}
