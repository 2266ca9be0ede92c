"""One installation that undergoes one trial."""

from collections import Counter
from dataclasses import dataclass
from importlib import import_module

import django
from django.core.management import call_command
from django.db import connection

from .cases import PATIENCE, await_moment
from .clients import Clients
from .processes import Processes

# Of how many people all trials of a run are, and how many devices are at work at a time.
PEOPLE, CLIENTS = 200, 8
SHORT_PEOPLE = 60
# After how many receipts everything is killed in a control.
CONTROL = 20


@dataclass(frozen=True)
class Verdict:
    """The figures of a trial, and what was wrong."""

    line: str
    faults: tuple[str, ...]


class Site:
    """An installation by the settings in the environment. Every trial finds it as it was made."""

    def __init__(self, folder, store):
        self.folder, self.store = folder, store
        self.errands = {}
        self.case = self.processes = self.clients = None

    def undergo(self, case, short):
        """Sign while the case strikes, until everybody is answered; then kill all, and compare.

        In a control all is killed soon, and once.
        """
        people = SHORT_PEOPLE if short else PEOPLE
        self._begin(case, people)
        try:
            self.processes.start()
            self.clients.start()
            if case.is_control:
                struck = 0
                await_moment(self.clients, CONTROL)
            else:
                struck = self._strike(people, max(1, case.blows // 4) if short else case.blows)
                self.clients.finish(PATIENCE)
        except TimeoutError as error:
            raise TimeoutError(self.processes.log()) from error
        finally:
            self.clients.give_up()
            self._kill_all()
        return self._judge(struck + case.ends_so)

    def _strike(self, people, blows):
        """How often the case struck while people were signing."""
        for blow in range(blows):
            if not await_moment(self.clients, people // (blows + 1)):
                return blow
            self.case.strike(self)
        return blows

    def _kill_all(self):
        if self.case.on_postgresql:
            self.store.kill()
        self.processes.kill_all()
        if self.case.on_postgresql:
            self.store.start()
        elif self.case.on_disk:
            self.store.cut_power()

    def _begin(self, case, people):
        if not self.errands:
            self._prepare(people)
        self.case = case
        if case.on_postgresql:
            self.store.begin(case.cluster)
        else:
            self.store.begin()
        self.processes = Processes(
            self.folder,
            environment={
                **(self.store.environment if case.on_disk else {}),
                **dict(case.environment),
            },
            reader=self.store.database if case.reader else None,
        )
        errands = self.errands[case.is_control]
        self.clients = Clients(self.processes.port, errands, CLIENTS, examine=not case.is_control)

    def _prepare(self, people):
        """Migrate, and let everybody be ready."""
        django.setup()
        call_command("migrate", verbosity=0)
        # Only now: what follows imports models, which need the settings.
        errands = import_module("trials.people").errands
        self.errands = errands(people)
        connection.close()
        self.store.remember()

    def _judge(self, blows):
        check = import_module("trials.check")
        journal, control = self.clients.journal, self.case.is_control
        found = check.compare(journal.receipts)
        faults = [*Counter(journal.faults), *found.faults]
        if found.doubled:
            faults.append("somebody has two signatures, or two receipts")
        if found.lost and not control:
            faults.append("an acknowledged signature is lost")
        if not found.lost and control:
            faults.append("this setting loses signatures, and the trial saw none")
        if not control and not check.everybody_answered(journal.receipts):
            faults.append("somebody has no receipt, or has not signed")
        if self.processes.fell:
            faults.append(f"{self.processes.fell} processes ended that nobody had killed")
        connection.close()
        line = (
            f"{self.case.database}; {CLIENTS} clients, {blows} times {self.case.blow}, "
            f"{len(journal.receipts)} acknowledged, {found.stored} stored, {found.lost} lost, "
            f"{found.doubled} doubled; {journal.resent} sent again, {journal.refused} refused, "
            f"{journal.unavailable} told to come again"
        )
        return Verdict(line, tuple(faults))
