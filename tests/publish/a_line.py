"""A line to a server that can be cut: after so many bytes, for a moment or until it is mended."""

import socket
import struct
import threading
from contextlib import suppress

RESET = struct.pack("ii", 1, 0)  # close at once, as a broken line does


class Line:
    """Leads to a port of this machine: `port` is its other end, `carried` what went over it."""

    def __init__(self, to: int) -> None:
        self.to, self.carried = to, 0
        self._left: int | None = None
        self._stays = self._down = False
        self._lock = threading.Lock()
        self._end = socket.create_server(("127.0.0.1", 0))
        self.port = self._end.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int, stays: bool) -> None:
        """Break the connection after so many more bytes; if it `stays` cut, later ones, too."""
        self._left, self._stays = count, stays

    def mend(self) -> None:
        """Carry everything again."""
        self._left, self._down = None, False

    def close(self) -> None:
        """End it."""
        self._end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._end.accept()
                if self._down:
                    _break(near)
                    continue
                far = socket.create_connection(("127.0.0.1", self.to))
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, to: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if not self._may_carry(len(data)):
                    break
                to.sendall(data)
            else:
                to.shutdown(socket.SHUT_WR)
                return
        except OSError:
            pass
        _break(source)
        _break(to)

    def _may_carry(self, count: int) -> bool:
        with self._lock:
            self.carried += count
            if self._left is not None:
                self._left -= count
                if self._left < 0:
                    self._left, self._down = None, self._stays
                    return False
            return not self._down


def _break(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.shutdown(socket.SHUT_RDWR)
    end.close()
