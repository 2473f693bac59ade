"""The thread that holds the desk: everything that touches the store or the rules runs there, in order."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from workbench.casework.desk import Desk
from workbench.errors import Expected

T = TypeVar("T")
Failed = Callable[[Expected], None]


class Line(QObject):
    """One thread that does what it is asked, in order, and hands results back to the window's thread.

    `fault` is told of a bug; `refused` of an expected failure that nobody else took.
    """

    fault = Signal(object)
    refused = Signal(object)
    _done = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._waiting = 0
        self._latest: dict[str, int] = {}
        self._forgotten = 0
        self._done.connect(self._deliver)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many results are still to come."""
        return self._waiting

    def ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        key: str = "",
    ) -> None:
        """Has `work` done in the thread and `then` called with its result in the window's thread."""
        self._waiting += 1
        number = self._latest[key] = self._latest.get(key, 0) + 1
        forgotten = self._forgotten

        def void() -> bool:
            return forgotten != self._forgotten or bool(key and self._latest[key] != number)

        def job() -> None:
            if key and self._latest[key] != number:
                self._done.emit(lambda: None)
                return
            self._done.emit(self._outcome(work, then, failed, void))

        self._queue.put(job)

    def forget(self) -> None:
        """Tells nobody what was asked so far: the screens that asked are gone. It is done all the same."""
        self._forgotten += 1

    def _outcome(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None,
        failed: Failed | None,
        void: Callable[[], bool],
    ) -> Callable[[], None]:
        """Does the work and gives what is to be called in the window's thread."""
        try:
            result = work()
        except Expected as expected:
            told: Failed = failed or self.refused.emit
            failure: Expected = expected
            return lambda: None if void() else told(failure)
        except Exception as error:
            bug: BaseException = error
            return lambda: self.fault.emit(bug)
        if then is None:
            return lambda: None
        follow = then
        return lambda: None if void() else follow(result)

    def stop(self) -> None:
        """Ends the thread once everything asked is done."""
        self._queue.put(None)
        self._thread.join(30)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            job()

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        self._waiting -= 1
        call()


class DeskThread(Line):
    """The line on which the one desk lives, from unlock to lock."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("desk", parent)
        self._desk: Desk | None = None

    def open(self, make: Callable[[], Desk], then: Callable[[Any], None], failed: Failed) -> None:
        """Opens the desk on its own thread."""

        def work() -> None:
            self._desk = make()

        self.ask(work, lambda _: then(None), failed)

    def with_desk(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        key: str = "",
    ) -> None:
        """Does something with the desk; nothing, once it is locked."""

        def held() -> T:
            if self._desk is None:
                raise Locked("The workbench is locked.", "Unlock it and try again.")
            return work(self._desk)

        self.ask(held, then, failed, key=key)

    def close(self, then: Callable[[Any], None] | None = None) -> None:
        """Locks: closes the desk and forgets it."""

        def work() -> None:
            desk, self._desk = self._desk, None
            if desk is not None:
                desk.close()

        self.forget()
        self.ask(work, then)


class Locked(Expected):
    """Something was asked of a desk that is locked."""
