"""An officer: somebody who signs in. What an officer may do stands in grants, never here."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from office import permissions
from office.privacy import OFFICER, SECRET, declare


class UserManager(BaseUserManager):
    def create_user(self, username, email="", password=None, **fields):
        user = self.model(username=username, email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """``is_superuser`` is always False: a right comes from a grant or does not come."""

    username = models.CharField(
        _("username"),
        max_length=100,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Typed at sign-in. Letters, digits and @ . + - _ only."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True, help_text=_("As colleagues read it in the history."))
    language = models.CharField(max_length=7, default="en", help_text="Language of the staff pages.")
    desk_keys = models.JSONField(
        default=dict, blank=True, editable=False,
        help_text="Letters of the desk's shortcuts that are not the usual ones, by command; {\"is_off\": true}: none.",
    )  # fmt: skip
    wants_digest = models.BooleanField(default=True, help_text="What waits at the desk, by e-mail each morning.")
    is_active = models.BooleanField(
        _("may sign in"), default=True, help_text=_("Clear this when somebody leaves; never delete an officer.")
    )
    is_staff = models.BooleanField("staff", default=True, help_text="Opens nothing by itself: see grants.")
    date_joined = models.DateTimeField(_("added"), auto_now_add=True)

    objects = UserManager()
    is_superuser = False
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        ordering = ["name", "username"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="officer_email_once",
                condition=~models.Q(email=""),
                violation_error_message=_("Another officer has this e-mail address."),
            ),
        ]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return str(self)

    get_short_name = get_full_name

    def has_perm(self, right, obj=None):
        return permissions.may(self, right, permissions.meeting_of(obj))

    def has_perms(self, rights, obj=None):
        return all(self.has_perm(right, obj) for right in rights)

    def has_module_perms(self, app_label):
        return any(right.startswith(f"{app_label}.") for right in permissions.rights_anywhere(self))

    privacy = declare(
        plain="language desk_keys wants_digest is_active is_staff",
        password=SECRET,
        username=OFFICER,
        email=OFFICER,
        name=OFFICER,
        last_login=OFFICER,
        date_joined=OFFICER,
    )
