/* Shows a part of a form only while a choice is made: [data-shown-when="field=VALUE"]. */

function chosen(form, name) {
  return new FormData(form).get(name);
}

function refresh(form) {
  for (const part of form.querySelectorAll("[data-shown-when]")) {
    const [name, value] = part.dataset.shownWhen.split("=");
    part.hidden = chosen(form, name) !== value;
  }
}

for (const form of new Set([...document.querySelectorAll("[data-shown-when]")].map((part) => part.closest("form")))) {
  form.addEventListener("change", () => refresh(form));
  refresh(form);
}
