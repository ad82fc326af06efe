from __future__ import annotations

import socket
import threading

import pytest

from bindery.warmfork.channel import IOPUB, SHELL, Receiver, send

MESSAGES = [
    (SHELL, []),
    (IOPUB, [b""]),
    (IOPUB, [b"<IDS|MSG>", b"", "杭州".encode()]),
    (SHELL, [b"x" * 3_000_000, b"y" * 70_000, b"z"]),
    (IOPUB, [memoryview(bytearray(b"abc"))]),
]


def test_messages_come_as_they_were_sent():
    ours, theirs = socket.socketpair()

    def write():
        for message in MESSAGES:
            send(theirs, *message)
        theirs.close()

    writer = threading.Thread(target=write)
    writer.start()
    receiver, got = Receiver(ours), []
    while receiver.receive():
        got += receiver.messages()
    writer.join()
    ours.close()
    assert got == [(channel, [bytes(frame) for frame in frames]) for channel, frames in MESSAGES]


@pytest.mark.parametrize("kept", [1, 5, 20])
def test_half_a_message_is_none(kept):
    ours, theirs = socket.socketpair()
    from bindery.warmfork.channel import packed

    theirs.sendall(b"".join(packed(IOPUB, [b"0123456789"]))[:kept])
    receiver = Receiver(ours)
    assert receiver.receive()
    assert list(receiver.messages()) == []
    theirs.close()
    assert not receiver.receive()
    assert list(receiver.messages()) == []
    ours.close()
