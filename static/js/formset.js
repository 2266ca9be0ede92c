/* Adds rows to and takes rows from a Django formset.

   [data-formset="prefix"] holds the management form, the rows ([data-formset-row]) inside
   [data-formset-rows], a <template data-formset-empty> with formset.empty_form, and a button
   [data-formset-add]. A row's [data-formset-remove] ticks its DELETE box and hides the row; the
   box itself, of use only without this script, is put out of sight. */

function addRow(formset) {
  const total = formset.querySelector(`[name="${formset.dataset.formset}-TOTAL_FORMS"]`);
  const limit = formset.querySelector(`[name="${formset.dataset.formset}-MAX_NUM_FORMS"]`);
  if (Number(total.value) >= Number(limit.value)) return;
  const row = formset.querySelector("[data-formset-empty]").content.firstElementChild.cloneNode(true);
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replaceAll("__prefix__", total.value);
    }
  }
  total.value = Number(total.value) + 1;
  formset.querySelector("[data-formset-rows]").append(row);
  prepare(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function prepare(row) {
  const box = row.querySelector("[name$='-DELETE']");
  (box.closest(".form-check, .mb-3") ?? box).hidden = true;
  row.querySelector("[data-formset-remove]").hidden = false;
}

function removeRow(row) {
  row.querySelector("[name$='-DELETE']").checked = true;
  row.querySelectorAll("[required]").forEach((field) => {
    field.required = false;
  });
  row.hidden = true;
}

document.querySelectorAll("[data-formset-row]").forEach(prepare);
document.querySelectorAll("[data-formset-add]").forEach((button) => {
  button.hidden = false;
});

document.addEventListener("click", ({ target }) => {
  const formset = target.closest("[data-formset]");
  if (!formset) return;
  if (target.closest("[data-formset-add]")) addRow(formset);
  if (target.closest("[data-formset-remove]")) removeRow(target.closest("[data-formset-row]"));
});
