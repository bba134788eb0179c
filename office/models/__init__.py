from office.models.grant import Grant
from office.models.message import Message, MessageState
from office.models.user import User

__all__ = ["Grant", "Message", "MessageState", "User"]
