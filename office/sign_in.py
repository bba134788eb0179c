"""Staff sign-in: who is who, and that nobody opens an account for themselves. Rights are asked of grants."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from django.contrib.sites.shortcuts import get_current_site
from django.utils.translation import get_language

from office import outbox, permissions, sessions
from office.second_factor import passing


class StaffAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def login(self, request, user):
        super().login(request, user)
        request.session[sessions.HELD_A_ROLE] = bool(permissions.grants_of(user))

    def is_reauthentication_required(self, *, app, **kwargs):
        """What was shown five minutes ago need not be shown again; a password is too little for who has more."""
        if passing.shown_within(self.request, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        """Without the password for officers with a second factor, and the passkey before codes they may not have."""
        methods = super().get_reauthentication_methods(user)
        by_factor = [method for method in methods if method["id"] != "reauthenticate"]
        has_app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
        return (by_factor if has_app else by_factor[::-1]) or methods

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """To the address that stands on the officer; allauth's own list of addresses is empty."""
        if user.email:
            super().send_notification_mail(template_prefix, user, context, user.email)

    def format_email_subject(self, subject):
        return f"{settings.ORGANIZATION_NAME}: {subject}"

    def send_mail(self, template_prefix, email, context):
        """Queued like every e-mail: no page waits for a mail server, and its pace tells nobody who is an officer."""
        about = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        mail = self.render_mail(template_prefix, email, about | context)
        outbox.queue(to=email, subject=mail.subject, text=mail.body, kind="sign_in", language=get_language() or "en")


class GrantBackend(BaseBackend):
    """Sign-in by name or e-mail address and password; rights by grants. No groups, no superusers."""

    def authenticate(self, request, username=None, password=None, email=None, **kwargs):
        user_model = get_user_model()
        try:
            who = {"email__iexact": email} if email else {"username": username}
            user = user_model.objects.get(**who)
        except (user_model.DoesNotExist, user_model.MultipleObjectsReturned):
            user_model().set_password(password)  # the same work for a name that is not known (timing)
            return None
        return user if user.check_password(password or "") and user.is_active else None

    def get_user(self, user_id):
        officers = get_user_model().objects.filter(pk=user_id, is_active=True)
        return passing.with_second_factor(officers).first()

    def has_perm(self, user_obj, perm, obj=None):
        return permissions.may(user_obj, perm, permissions.meeting_of(obj))
