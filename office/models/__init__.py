from office.models.grant import Grant
from office.models.message import Message, MessageState
from office.models.periodic_job import PeriodicJob
from office.models.proposal import Proposal
from office.models.signing_key import SigningKey
from office.models.user import User

__all__ = ["Grant", "Message", "MessageState", "PeriodicJob", "Proposal", "SigningKey", "User"]
