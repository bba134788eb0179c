"""What an officer shows besides a password: a passkey, the code of an app, or a recovery code. Built on allauth.mfa."""
