from office.models.grant import Grant
from office.models.user import User

__all__ = ["Grant", "User"]
