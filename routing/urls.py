"""Every address of the app; each screen declares its own."""

from routing.desk import urls as desk
from routing.lookup import urls as lookup
from routing.requests import urls as requests

app_name = "routing"
urlpatterns = [*desk.urlpatterns, *requests.urlpatterns, *lookup.urlpatterns]
