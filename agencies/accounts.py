"""How accounts come to be: never by signing up, HR makes them."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Nobody may make an account by themselves."""
        return False
