"""What a part of a page, as it is sent, says is wrong with the page: readiness asks it, and readers without a browser."""

from __future__ import annotations

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.Element_pb2 import Element


def is_exception(element: Element) -> bool:
    """Whether the page ended in an error of the program here."""
    return bool(element.WhichOneof("type") == "exception")


def told_error(element: Element) -> str | None:
    """What an error box says: that the figures cannot be read, and why. None where it is no such box."""
    if element.WhichOneof("type") != "alert" or element.alert.format != Alert.ERROR:
        return None
    return str(element.alert.body)
