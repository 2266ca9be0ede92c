/* Asks before an act that is hard to take back: [data-confirm="question"] on a form.
   data-confirm-act names the button that goes on; what [data-confirm-details] in the form says is
   repeated as it stands then. Without this script the form is simply sent. */

const confirmed = new WeakSet();

function buildDialog(form) {
  const template = document.getElementById("confirm-dialog");
  const dialog = template.content.firstElementChild.cloneNode(true);
  const question = dialog.querySelector("[data-confirm-question]");
  question.textContent = form.dataset.confirm;
  const details = form.querySelector("[data-confirm-details]");
  if (details) question.before(details.cloneNode(true));
  if (form.dataset.confirmAct) {
    dialog.querySelector("[data-confirm-yes]").textContent = form.dataset.confirmAct;
  }
  return dialog;
}

function ask(form, submitter) {
  const dialog = buildDialog(form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") {
      confirmed.add(form);
      form.requestSubmit(submitter);
    } else {
      submitter?.focus();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-confirm]") || confirmed.delete(form)) return;
  event.preventDefault();
  ask(form, event.submitter);
});
