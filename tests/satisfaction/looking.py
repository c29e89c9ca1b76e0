"""Look at a page as a member of staff."""

from django.test import Client
from django.urls import reverse


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def get(user, name, *args, query=""):
    return browser(user).get(reverse(f"satisfaction:{name}", args=args) + query)
