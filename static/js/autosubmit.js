/* A filter form, [data-autosubmit], is sent as soon as one of its choices changes.
   Typing waits for Enter or the button; clearing the search field counts as a choice. What the
   keys change waits as well: on the way to the third choice the first two are not meant. */

let keyed = null;

document.addEventListener("keydown", ({ target }) => {
  keyed = target;
});

document.addEventListener("pointerdown", () => {
  keyed = null;
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-autosubmit]");
  if (form && target !== keyed && target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
    form.requestSubmit();
  }
});

document.addEventListener("search", ({ target }) => {
  const form = target.closest("form[data-autosubmit]");
  if (form && target.value === "" && target.defaultValue !== "") {
    form.requestSubmit();
  }
});

/* Fields left empty stay out of the address, so that it can be read and shared. */
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.matches("form[data-autosubmit]")) {
    for (const [name, value] of [...formData]) {
      if (value === "") formData.delete(name);
    }
  }
});
