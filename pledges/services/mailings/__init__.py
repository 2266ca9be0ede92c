"""Mails to participants ("kiriman surel"): invitations and reminders, each with a personal link.

`asking` plans and stops a mailing, `recipients` says whom it reaches, `hours` when, `letters` what
it says; the worker sends by `sending`; `bounces` reads what comes back. Together they are the only
writers of Mailing and ParticipantMail.
"""
