"""What an old chain was when the key of the chains was changed; sealed under the newer key."""

from django.db import models


class ChainSeal(models.Model):
    """One chain that ends under an older key. Without its row such a chain counts as altered."""

    chain = models.CharField(max_length=40, unique=True)
    length = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain} to {self.length}"
