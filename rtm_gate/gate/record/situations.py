"""What became of the situations of a project, written down whenever the news, or a person, changed them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rtm_gate.gate.news import ProjectNews
from rtm_gate.gate.project import Project
from rtm_gate.gate.record import ledger_in

if TYPE_CHECKING:
    from rtm_gate.desk.situations import LastWords
    from rtm_gate.model.news import Situation

# Late, wherever the record is asked: the database takes longer to import than a check takes.
TRIES = 5
"""So often the news is read anew where others change it meanwhile; after that it is theirs to write down."""


class ProjectSituations:
    """Compares the news with the record, so it does not matter who changed it, nor whether whoever did died before it was written down."""

    def __init__(self, project: Project, news: ProjectNews) -> None:
        self._project, self._news = project, news
        self._lock = threading.Lock()
        self._last: LastWords | None = None
        self._noted: tuple[Situation, ...] | None = None

    def catch_up(self, now: datetime | None = None) -> None:
        """As of `now`, or of the last poll where that was later; None: of the last poll.

        Nothing, unless the project keeps a record and has a store. StoreError, HeadError.
        """
        if not self._project.records() or not self._news.is_kept():
            return
        from rtm_gate.desk.situations import LastWords, note
        from rtm_gate.store import StoreError

        store = self._news.store()
        ledger = ledger_in(self._project, store)
        with self._lock:
            self._last = self._last or LastWords()
            for _ in range(TRIES):
                with store.reading() as transaction:
                    moment = max(filter(None, (now, transaction.news.last_poll_at())), default=None)
                if moment is None:
                    return
                news = self._news.at(moment, moment)
                if news.fault:
                    raise StoreError(news.fault)
                if news.situations is self._noted:
                    return
                if note(ledger, self._last, news, moment, datetime.now(UTC)):
                    self._noted = news.situations
                    return
